// What happened to a case: each change with what it altered. What stood before a change is kept with it, and what stood
// after it is what the next one found.

#include <boost/json.hpp>

#include "modules/cases/impl.h"

namespace luytre::cases {
namespace {

std::optional<std::string> text_of(const json::Object& of, std::string_view fact) {
  const auto found = of.find(fact);
  if (found == of.end() || !found->value().is_string()) return std::nullopt;
  return std::string(found->value().get_string());
}

json::Object read(const std::string& decided) {
  boost::system::error_code fault;
  const auto value = boost::json::parse(decided, fault);
  if (fault || !value.is_object()) throw std::runtime_error("a stored change of a case cannot be read");
  return value.get_object();
}

std::vector<Altered> altered(const json::Object& before, const json::Object& after) {
  std::vector<Altered> out;
  json::each_member<Decided>([&](const std::string& fact, auto) {
    if (fact == "classification" || fact == "status") return;  // told, or following from what is told
    Altered one{fact, text_of(before, fact), text_of(after, fact)};
    if (one.before != one.after) out.push_back(std::move(one));
  });
  return out;
}

}  // namespace

Task<Result<http::Page<Change>>> Cases::history(const Caller& caller, CaseId id) {
  return db_.transact([this, caller, id](store::Session& s) -> Result<http::Page<Change>> {
    const auto stored = open_for(s, caller, kRead, id);
    if (!stored) return stored.error();
    http::Page<Change> page;
    json::Object after = read(json::text(static_cast<const Decided&>(stored->row)));
    for (const ChangeRow& r : select_changes(s, id)) {
      json::Object before = read(r.before);
      Change change{r.at,         r.by_name, r.what, r.before_classification, r.after_classification,
                    std::nullopt, r.undone,  {}};
      if (r.reason) change.reason = unseal(id, r.reason->data);
      if (r.what != What::kReported) change.altered = altered(before, after);
      page.items.push_back(std::move(change));
      after = std::move(before);
    }
    return page;
  });
}

}  // namespace luytre::cases
