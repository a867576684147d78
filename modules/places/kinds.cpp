#include "modules/places/kinds.h"

#include <algorithm>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace luytre::places {
namespace {

// The file's form: a kind with the reason for its figures.
struct KindEntry : Kind {
  Text<400> basis;
};
BOOST_DESCRIBE_STRUCT(KindEntry, (Kind), (basis))

struct KindFile {
  Text<2000> about;
  std::vector<KindEntry> kinds;
};
BOOST_DESCRIBE_STRUCT(KindFile, (), (about, kinds))

constexpr std::int64_t kMostStayMinutes = 24 * 60;  // visits.cpp looks this far back for stays that are still open

[[noreturn]] void refuse(const std::filesystem::path& file, const std::string& why) {
  throw std::runtime_error(file.string() + ": " + why);
}

void check(const Kind& kind, const std::filesystem::path& file) {
  if (kind.kind.empty()) refuse(file, "a kind without name");
  if (kind.title.vi.empty() || kind.title.en.empty()) refuse(file, kind.kind + ": title in both languages wanted");
  if (kind.usual_stay_minutes < 1 || kind.usual_stay_minutes > kMostStayMinutes)
    refuse(file, kind.kind + ": usualStayMinutes must be 1 to " + std::to_string(kMostStayMinutes));
  for (const std::int64_t grade : {kind.ventilation, kind.crowding}) {
    if (grade < 1 || grade > 3) refuse(file, kind.kind + ": ventilation and crowding must be 1 to 3");
  }
}

}  // namespace

Kinds::Kinds(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) refuse(file, "cannot be read");
  std::ostringstream text;
  text << in.rdbuf();
  auto parsed = json::parse<KindFile>(text.str());
  if (!parsed) {
    const auto& fields = parsed.error().fields;
    refuse(file, fields.empty() ? parsed.error().code : fields.front().pointer + " " + fields.front().code);
  }
  for (KindEntry& entry : parsed->kinds) {
    check(entry, file);
    if (!by_name_.emplace(entry.kind, kinds_.size()).second) refuse(file, entry.kind + " is there twice");
    longest_ = std::max(longest_, std::chrono::seconds(std::chrono::minutes(entry.usual_stay_minutes)));
    kinds_.push_back(std::move(entry));
  }
  if (kinds_.empty()) refuse(file, "no kinds in it");
}

const Kind* Kinds::find(std::string_view kind) const {
  const auto found = by_name_.find(kind);
  return found == by_name_.end() ? nullptr : &kinds_[found->second];
}

}  // namespace luytre::places
