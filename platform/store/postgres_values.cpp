#include "platform/store/postgres_values.h"

#include <bit>
#include <cstring>
#include <stdexcept>

namespace luytre::store {
namespace {

// From PostgreSQL's catalogue pg_type.dat.
enum TypeId : Oid {
  kBool = 16,
  kByteaId = 17,
  kCharId = 18,
  kName = 19,
  kInt8 = 20,
  kInt2 = 21,
  kInt4 = 23,
  kTextId = 25,
  kOid = 26,
  kFloat4 = 700,
  kFloat8 = 701,
  kBoolArray = 1000,
  kByteaArray = 1001,
  kTextArray = 1009,
  kInt8Array = 1016,
  kFloat8Array = 1022,
  kBpchar = 1042,
  kVarchar = 1043,
  kVoid = 2278,
  kXid8 = 5069,
};

struct TypeForms {
  Oid single;
  Oid array;
  char letter;
};

// In the order of Type.
constexpr TypeForms kForms[] = {{kInt8, kInt8Array, 'i'},
                                {kBool, kBoolArray, 'b'},
                                {kFloat8, kFloat8Array, 'r'},
                                {kTextId, kTextArray, 't'},
                                {kByteaId, kByteaArray, 'y'}};

const TypeForms& forms(Type type) {
  return kForms[static_cast<std::size_t>(type)];
}

Type type_of_value(const Value& value) {
  switch (value.index()) {
    case 0:
      return std::get<Null>(value).type;
    case 1:
      return Type::kInteger;
    case 2:
      return Type::kBoolean;
    case 3:
      return Type::kReal;
    case 4:
      return Type::kText;
    default:
      return Type::kBytes;
  }
}

static_assert(std::endian::native == std::endian::little);
std::uint64_t swapped(std::uint64_t n) {
  return __builtin_bswap64(n);
}

void put32(std::string& out, std::uint32_t n) {
  n = __builtin_bswap32(n);
  out.append(reinterpret_cast<const char*>(&n), sizeof n);
}

void put64(std::string& out, std::uint64_t n) {
  n = swapped(n);
  out.append(reinterpret_cast<const char*>(&n), sizeof n);
}

void put_element(std::string& out, const Value& value) {
  if (const auto* integer = std::get_if<std::int64_t>(&value)) {
    put32(out, 8);
    put64(out, static_cast<std::uint64_t>(*integer));
  } else if (const auto* text = std::get_if<std::string>(&value)) {
    put32(out, static_cast<std::uint32_t>(text->size()));
    out += *text;
  } else if (const auto* bytes = std::get_if<Bytes>(&value)) {
    put32(out, static_cast<std::uint32_t>(bytes->data.size()));
    out += bytes->data;
  } else if (const auto* boolean = std::get_if<bool>(&value)) {
    put32(out, 1);
    out += *boolean ? '\1' : '\0';
  } else if (const auto* real = std::get_if<double>(&value)) {
    put32(out, 8);
    put64(out, std::bit_cast<std::uint64_t>(*real));
  } else {
    put32(out, 0xffffffffU);
  }
}

std::uint64_t get_unsigned(const char* data, int length) {
  std::uint64_t n = 0;
  for (int i = 0; i < length; ++i) n = n << 8 | static_cast<unsigned char>(data[i]);
  return n;
}

}  // namespace

void PostgresParameters::clear(std::size_t count) {
  types_.clear();
  values_.clear();
  lengths_.clear();
  letters_.clear();
  formats_.assign(count, 1);
}

void PostgresParameters::set(std::span<const Value> values) {
  clear(values.size());
  numbers_.resize(values.size());  // before any address of it is taken
  for (std::size_t i = 0; i < values.size(); ++i) {
    const Value& value = values[i];
    const TypeForms& form = forms(type_of_value(value));
    types_.push_back(form.single);
    letters_ += form.letter;
    const char* data = reinterpret_cast<const char*>(&numbers_[i]);
    int length = 8;
    if (const auto* integer = std::get_if<std::int64_t>(&value)) {
      numbers_[i] = swapped(static_cast<std::uint64_t>(*integer));
    } else if (const auto* text = std::get_if<std::string>(&value)) {
      data = text->data();
      length = static_cast<int>(text->size());
    } else if (const auto* bytes = std::get_if<Bytes>(&value)) {
      data = bytes->data.data();
      length = static_cast<int>(bytes->data.size());
    } else if (const auto* boolean = std::get_if<bool>(&value)) {
      numbers_[i] = *boolean ? 1 : 0;
      length = 1;
    } else if (const auto* real = std::get_if<double>(&value)) {
      numbers_[i] = swapped(std::bit_cast<std::uint64_t>(*real));
    } else {
      data = nullptr;
      length = 0;
    }
    values_.push_back(data);
    lengths_.push_back(length);
  }
}

void PostgresParameters::set_columns(const char* name, std::span<const Row> rows) {
  const std::size_t columns = rows.front().size();
  for (const Row& row : rows) {
    if (row.size() != columns) throw std::logic_error(std::string(name) + ": rows of different length");
  }
  clear(columns);
  arrays_.resize(columns);
  for (std::size_t i = 0; i < columns; ++i) add_array(name, rows, i);
}

void PostgresParameters::add_array(const char* name, std::span<const Row> rows, std::size_t column) {
  // A null that was made by hand may not know its type: values decide first.
  Type type = type_of_value(rows.front()[column]);
  bool nulls = false;
  bool known = false;
  for (const Row& row : rows) {
    if (std::holds_alternative<Null>(row[column])) {
      nulls = true;
    } else if (!known) {
      type = type_of_value(row[column]);
      known = true;
    } else if (type_of_value(row[column]) != type) {
      throw std::logic_error(std::string(name) + ": rows of different types in column " + std::to_string(column + 1));
    }
  }
  const TypeForms& form = forms(type);
  std::string& out = arrays_[column];
  out.clear();
  put32(out, 1);  // dimensions
  put32(out, nulls ? 1 : 0);
  put32(out, form.single);
  put32(out, static_cast<std::uint32_t>(rows.size()));
  put32(out, 1);  // lower bound
  for (const Row& row : rows) put_element(out, row[column]);
  types_.push_back(form.array);
  letters_ += form.letter;
  values_.push_back(out.data());
  lengths_.push_back(static_cast<int>(out.size()));
}

void PostgresParameters::append_signature(std::string& key) const {
  key += letters_;
}

Value read_postgres(const PGresult* result, int row, int column, const char* name) {
  if (PQgetisnull(result, row, column) != 0) return Null{Type::kInteger};
  const char* data = PQgetvalue(result, row, column);
  const int length = PQgetlength(result, row, column);
  switch (PQftype(result, column)) {
    case kInt8:
    case kXid8:
    case kOid:
      return static_cast<std::int64_t>(get_unsigned(data, length));
    case kInt4:
      return static_cast<std::int64_t>(static_cast<std::int32_t>(get_unsigned(data, length)));
    case kInt2:
      return static_cast<std::int64_t>(static_cast<std::int16_t>(get_unsigned(data, length)));
    case kBool:
      return data[0] != 0;
    case kFloat8:
      return std::bit_cast<double>(get_unsigned(data, length));
    case kFloat4:
      return static_cast<double>(std::bit_cast<float>(static_cast<std::uint32_t>(get_unsigned(data, length))));
    case kTextId:
    case kVarchar:
    case kBpchar:
    case kName:
    case kCharId:
      return std::string(data, static_cast<std::size_t>(length));
    case kByteaId:
      return Bytes{std::string(data, static_cast<std::size_t>(length))};
    case kVoid:
      return Null{Type::kInteger};
    default:
      throw std::logic_error(std::string(name) + ": column " + std::to_string(column + 1) +
                             " has a type outside our dialect (a sum or count needs CAST(… AS bigint))");
  }
}

}  // namespace luytre::store
