#include "engines/presence/index/file.h"

#include <fcntl.h>
#include <openssl/evp.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <system_error>

namespace luytre::presence {

void (*before_file_change)() = nullptr;

namespace {

void changes() {
  if (before_file_change != nullptr) before_file_change();
}

struct Header {
  std::array<char, 8> magic{};
  std::uint32_t version = 0;
  std::uint32_t sections = 0;
  FileNotes notes;
  struct Section {
    std::uint64_t bytes = 0;
    Checksum checksum{};
  };
  std::array<Section, kMostSections> table{};
  std::array<std::byte, 48> reserved{};
  Checksum checksum{};
};
static_assert(sizeof(Header) % kAlignment == 0 && std::has_unique_object_representations_v<Header>);

constexpr std::array<std::byte, kAlignment> kZeros{};

std::size_t padded(std::size_t size) {
  return (size + kAlignment - 1) / kAlignment * kAlignment;
}

[[noreturn]] void fail(const std::string& what) {
  throw std::system_error(errno, std::generic_category(), what);
}

class File {
 public:
  File(const std::filesystem::path& path, int flags, unsigned mode = 0)
      : number_(::open(path.c_str(), flags | O_CLOEXEC, mode)) {
    if (number_ < 0) fail(path.string());
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  ~File() { ::close(number_); }
  int number() const { return number_; }

 private:
  int number_;
};

void flush(const File& file, const std::filesystem::path& path) {
  changes();
  if (::fsync(file.number()) != 0) fail(path.string());
}

// All parts with one call, from the beginning of the file: then the system can keep it in huge pages (map_file), which
// it does not put together out of small writes. Tests that kill the process do so between any two parts.
void write_all(const File& file, std::span<const std::span<const std::byte>> whole, const std::filesystem::path& path) {
  std::vector<iovec> vectors;
  for (const std::span<const std::byte> part : whole)
    vectors.push_back({const_cast<std::byte*>(part.data()), part.size()});
  for (std::span<iovec> parts = vectors; !parts.empty();) {
    changes();
    const auto some = static_cast<int>(before_file_change == nullptr ? parts.size() : 1);
    const ssize_t count = ::writev(file.number(), parts.data(), some);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) fail(path.string());
    auto left = static_cast<std::size_t>(count);
    for (; !parts.empty() && left >= parts.front().iov_len; parts = parts.subspan(1)) left -= parts.front().iov_len;
    if (left > 0) {
      parts.front().iov_base = static_cast<std::byte*>(parts.front().iov_base) + left;
      parts.front().iov_len -= left;
    }
  }
}

}  // namespace

Checksum checksum(std::span<const std::byte> bytes, std::size_t zeros) {
  constexpr std::array<unsigned char, 16> kKey{'l', 'u', 'y', ' ', 't', 'r', 'e', ' ', 'c', 'h', 'e', 'c', 'k'};
  constexpr std::array<unsigned char, 12> kNonce{};
  constexpr std::size_t kStep = std::size_t{1} << 30;  // EVP counts in int
  const std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)> context(EVP_CIPHER_CTX_new(),
                                                                                &EVP_CIPHER_CTX_free);
  int written = 0;
  bool good = context && EVP_EncryptInit_ex(context.get(), EVP_aes_128_gcm(), nullptr, kKey.data(), kNonce.data()) == 1;
  for (std::size_t at = 0; good && at < bytes.size(); at += kStep) {
    const std::span<const std::byte> step = bytes.subspan(at, std::min(kStep, bytes.size() - at));
    good = EVP_EncryptUpdate(context.get(), nullptr, &written, reinterpret_cast<const unsigned char*>(step.data()),
                             static_cast<int>(step.size())) == 1;
  }
  if (good && zeros > 0)
    good = EVP_EncryptUpdate(context.get(), nullptr, &written, reinterpret_cast<const unsigned char*>(kZeros.data()),
                             static_cast<int>(zeros)) == 1;
  Checksum sum{};
  std::array<unsigned char, 16> none{};
  good = good && EVP_EncryptFinal_ex(context.get(), none.data(), &written) == 1 &&
         EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_GET_TAG, static_cast<int>(sum.size()), sum.data()) == 1;
  if (!good) throw std::runtime_error("no AES-GCM in this OpenSSL");
  return sum;
}

Bytes map_file(const std::filesystem::path& path) {
  const File file(path, O_RDONLY);
  struct stat status {};
  if (::fstat(file.number(), &status) != 0) fail(path.string());
  if (status.st_size == 0) throw Damaged(path.filename().string() + ": empty");
  const auto size = static_cast<std::size_t>(status.st_size);
  void* const at = ::mmap(nullptr, size, PROT_READ, MAP_SHARED, file.number(), 0);
  if (at == MAP_FAILED) fail(path.string());
  ::madvise(at, size, MADV_HUGEPAGE);       // a wish (large_memory.h)
  ::madvise(at, size, MADV_POPULATE_READ);  // at once rather than page by page; where it is unknown, by reading
  return {{static_cast<const std::byte*>(at), size},
          std::shared_ptr<const void>(at, [size](const void* mapped) { ::munmap(const_cast<void*>(mapped), size); })};
}

template <class Take>
void FileWriter::parts(Take&& take) const {
  Header header;
  header.magic = kind_.magic;
  header.version = kind_.version;
  header.sections = static_cast<std::uint32_t>(sections_.size());
  header.notes = notes_;
  const auto zeros = [](std::size_t size) { return padded(size) - size; };
  for (std::size_t i = 0; i < sections_.size(); ++i)
    header.table.at(i) = {sections_[i].size(), checksum(sections_[i], zeros(sections_[i].size()))};
  const auto raw = std::as_bytes(std::span(&header, 1));
  header.checksum = checksum(raw.first(offsetof(Header, checksum)));
  std::vector<std::span<const std::byte>> all{raw};
  for (const auto& section : sections_) {
    if (!section.empty()) all.push_back(section);
    if (zeros(section.size()) > 0) all.push_back(std::span(kZeros).first(zeros(section.size())));
  }
  take(all);
}

FileWriter::Whole FileWriter::bytes() const {
  std::size_t size = sizeof(Header);
  for (const auto& section : sections_) size += padded(section.size());
  Whole out;
  out.reserve(size);
  parts([&](const auto& all) {
    for (const std::span<const std::byte> part : all) out.insert(out.end(), part.begin(), part.end());
  });
  return out;
}

void FileWriter::write(const std::filesystem::path& path) const {
  const std::filesystem::path temporary = path.string() + ".tmp";
  changes();
  {
    const File file(temporary, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    parts([&](const auto& all) { write_all(file, all, temporary); });
    flush(file, temporary);
  }
  changes();
  std::filesystem::rename(temporary, path);
  const std::filesystem::path folder = path.parent_path();
  flush(File(folder.empty() ? "." : folder, O_RDONLY | O_DIRECTORY), folder);
}

void remove_file(const std::filesystem::path& path) {
  changes();
  std::filesystem::remove(path);
}

FileReader::FileReader(Bytes bytes, FileKind kind, std::uint64_t identity, std::string name)
    : bytes_(std::move(bytes)), name_(std::move(name)) {
  Header header;
  if (bytes_.span.size() < sizeof header) damaged("shorter than its header");
  std::memcpy(&header, bytes_.span.data(), sizeof header);
  if (header.magic != kind.magic) damaged("not a file of this kind");
  if (header.version != kind.version)
    damaged("version " + std::to_string(header.version) + ", this program reads " + std::to_string(kind.version));
  if (header.checksum != checksum(bytes_.span.first(offsetof(Header, checksum)))) damaged("header checksum differs");
  if (header.notes.identity != identity) damaged("belongs to another index");
  if (header.sections > kMostSections) damaged("too many sections");
  notes_ = header.notes;
  std::size_t at = sizeof header;
  for (std::size_t i = 0; i < header.sections; ++i) {
    const auto& section = header.table.at(i);
    const std::size_t left = bytes_.span.size() - at;
    if (section.bytes > left || padded(section.bytes) > left) damaged("cut off in section " + std::to_string(i));
    const auto extent = bytes_.span.subspan(at, padded(section.bytes));
    if (section.checksum != checksum(extent)) damaged("checksum of section " + std::to_string(i) + " differs");
    sections_.push_back(extent.first(section.bytes));
    at += extent.size();
  }
  if (at != bytes_.span.size()) damaged("longer than its sections");
}

std::span<const std::byte> FileReader::raw_section(std::size_t number, std::size_t element) const {
  if (number >= sections_.size()) damaged("section " + std::to_string(number) + " is missing");
  if (sections_[number].size() % element != 0) damaged("section " + std::to_string(number) + " is not whole");
  return sections_[number];
}

void FileReader::damaged(const std::string& what) const {
  throw Damaged(name_ + ": " + what);
}

}  // namespace luytre::presence
