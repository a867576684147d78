#include "modules/tracing/tracing.h"

#include <charconv>
#include <fstream>
#include <sstream>

#include "modules/tracing/impl.h"

namespace luytre::tracing {
namespace {

const std::vector<Role> kOfficers{Role::kStationOfficer, Role::kDistrictOfficer, Role::kProvinceOfficer};

json::Value read_texts(const std::filesystem::path& file) {
  std::ifstream in(file);
  std::stringstream text;
  text << in.rdbuf();
  auto value = json::parse_value(text.str());
  if (!in || !value) throw std::runtime_error("texts cannot be read: " + file.string());
  return *value;
}

// The texts of one section, by "section.code".
void add_texts(std::map<std::string, Bilingual, std::less<>>& out, const std::string& section, const json::Value& vi,
               const json::Value& en) {
  for (const auto& [code, text] : vi.at(section).as_object()) {
    out[section + '.' + std::string(code)] = {std::string(text.as_string()), std::string(en.at(section).at(code).as_string())};
  }
}

}  // namespace

const identity::Action kReadContacts{"tracing.candidates", Purpose::kTracing, kOfficers};
const identity::Action kAssign{"tracing.assign", Purpose::kTracing, kOfficers};
const identity::Action kWarn{"tracing.warn", Purpose::kTracing, {Role::kDistrictOfficer, Role::kProvinceOfficer}};
const identity::Action kWork{"tracing.tasks", Purpose::kFollowUp, kOfficers};

Tracing::Impl::Impl(const Parts& parts) : Parts(parts) {
  const json::Value vi = read_texts(texts / "tracing.vi.json");
  const json::Value en = read_texts(texts / "tracing.en.json");
  add_texts(texts_, "advice", vi, en);
  add_texts(texts_, "sms", vi, en);
}

Tracing::Tracing(const Parts& parts) : impl_(std::make_unique<Impl>(parts)) {}
Tracing::~Tracing() = default;

store::Following Tracing::follow_cases() {
  return {"tracing.cases",
          {"case.confirmed", "case.changed", "case.unconfirmed", "trace.requested"},
          [impl = impl_.get()](store::Session& s, const store::Event& event) { impl->follow(s, event); },
          {}};
}

store::Recurring Tracing::escalate() {
  return {"tracing.escalate", std::chrono::minutes(1), [impl = impl_.get()](store::Session& s) { impl->escalate(s); }};
}

std::string Tracing::Impl::seal(std::string_view purpose, std::int64_t row, std::string_view text) const {
  return vault.seal(purpose, std::to_string(row), text);
}

std::string Tracing::Impl::unseal(std::string_view purpose, std::int64_t row, std::string_view sealed) const {
  auto text = vault.unseal(purpose, std::to_string(row), sealed);
  if (!text) throw std::runtime_error("a sealed field of tracing does not open: wrong key file, or the row was tampered with");
  return std::move(*text);
}

std::string cursor_text(std::initializer_list<std::int64_t> parts) {
  std::string out;
  for (const auto part : parts) out.append(out.empty() ? "" : ".").append(std::to_string(part));
  return out;
}

std::vector<std::int64_t> parse_cursor(const std::optional<std::string>& cursor, std::size_t parts) {
  std::vector<std::int64_t> out;
  if (!cursor) return out;
  const char* at = cursor->data();
  const char* end = at + cursor->size();
  while (at < end) {
    std::int64_t number = 0;
    const auto [next, failed] = std::from_chars(at, end, number);
    if (failed != std::errc() || (next < end && *next != '.')) return {};
    out.push_back(number);
    at = next < end ? next + 1 : next;
  }
  return out.size() == parts ? out : std::vector<std::int64_t>{};
}

}  // namespace luytre::tracing
