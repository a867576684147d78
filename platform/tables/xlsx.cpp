#include "platform/tables/xlsx.h"

#include <zip.h>

#include <memory>
#include <new>
#include <optional>
#include <string>

#include "platform/tables/xlsx_parts.h"

namespace luytre::tables {
namespace {

constexpr std::string_view kZip = "PK\x03\x04";
constexpr std::size_t kChunk = 64 * 1024;

class Archive {
 public:
  // Null if it is none.
  static std::unique_ptr<Archive> open(std::string_view bytes) {
    zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, nullptr);
    if (!source) throw std::bad_alloc();
    zip_t* archive = zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, nullptr);
    if (!archive) {
      zip_source_free(source);
      return nullptr;
    }
    return std::unique_ptr<Archive>(new Archive(archive));
  }
  ~Archive() { zip_discard(archive_); }
  Archive(const Archive&) = delete;
  Archive& operator=(const Archive&) = delete;

  std::size_t entries() const { return static_cast<std::size_t>(zip_get_num_entries(archive_, 0)); }

  bool has(const std::string& name) const { return zip_name_locate(archive_, name.c_str(), ZIP_FL_NOCASE) >= 0; }

  // Unpacked. What the archive says of the size is not believed.
  Result<std::string> part(const std::string& name) const {
    const zip_int64_t index = zip_name_locate(archive_, name.c_str(), ZIP_FL_NOCASE);
    if (index < 0) return kNotAWorkbook;
    const std::unique_ptr<zip_file_t, decltype(&zip_fclose)> file(
        zip_fopen_index(archive_, static_cast<zip_uint64_t>(index), 0), &zip_fclose);
    if (!file) return kNotAWorkbook;  // encrypted, or packed as no spreadsheet program does
    std::string out;
    for (;;) {
      const std::size_t filled = out.size();
      if (filled > kPartMost) return kWorkbookTooLarge;
      out.resize(filled + kChunk);
      const zip_int64_t got = zip_fread(file.get(), out.data() + filled, kChunk);
      if (got < 0) return kNotAWorkbook;
      out.resize(filled + static_cast<std::size_t>(got));
      if (got == 0) return out;
    }
  }

 private:
  explicit Archive(zip_t* archive) : archive_(archive) {}
  zip_t* archive_;
};

std::string folder_of(const std::string& part) {
  const std::size_t end = part.rfind('/');
  return end == std::string::npos ? "" : part.substr(0, end + 1);
}

// Where a relation leads: from the archive's root, or from its own part's folder.
std::string resolve(const std::string& folder, std::string_view target) {
  return target.starts_with('/') ? std::string(target.substr(1)) : folder + std::string(target);
}

// A part that a workbook may do without.
template <class T>
Result<T> optional_part(const Archive& archive, const std::string& name, Result<T> (*read)(std::string_view)) {
  if (!archive.has(name)) return T{};
  const auto xml = archive.part(name);
  return xml ? read(*xml) : Result<T>(xml.error());
}

Result<xlsx::Relations> relations_of(const Archive& archive, const std::string& part) {
  const std::string folder = folder_of(part);
  const auto xml = archive.part(folder + "_rels/" + part.substr(folder.size()) + ".rels");
  return xml ? xlsx::relations(*xml) : Result<xlsx::Relations>(xml.error());
}

}  // namespace

bool looks_like_workbook(std::string_view bytes) {
  return bytes.starts_with(kZip);
}

Result<std::vector<Record>> read_xlsx(std::string_view bytes) {
  const auto archive = Archive::open(bytes);
  if (!archive) return kNotAWorkbook;
  if (archive->entries() > kEntriesMost) return kWorkbookTooLarge;
  const auto root = relations_of(*archive, "");
  if (!root) return root.error();
  const std::string main = resolve("", root->document);
  const auto main_xml = archive->part(main);
  if (!main_xml) return main_xml.error();
  const auto book = xlsx::workbook(*main_xml);
  if (!book) return book.error();
  const auto parts = relations_of(*archive, main);
  if (!parts) return parts.error();
  const auto sheet = parts->targets.find(book->first_sheet);
  if (sheet == parts->targets.end()) return kNotAWorkbook;
  const std::string folder = folder_of(main);
  auto strings = optional_part(*archive, folder + "sharedStrings.xml", xlsx::shared_strings);
  if (!strings) return strings.error();
  auto dates = optional_part(*archive, folder + "styles.xml", xlsx::date_styles);
  if (!dates) return dates.error();
  const auto sheet_xml = archive->part(resolve(folder, sheet->second));
  if (!sheet_xml) return sheet_xml.error();
  return xlsx::rows(*sheet_xml, {std::move(*strings), std::move(*dates), book->from_1904});
}

}  // namespace luytre::tables
