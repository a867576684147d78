// What officers put right in people's records.

#include "modules/people/impl.h"
#include "modules/people/name_terms.h"
#include "modules/people/officers.h"
#include "platform/base/conflict.h"

namespace luytre::people {
namespace {

using storage::PersonRow;
using store::Session;

const identity::Action kCorrect{"people.correct", Purpose::kCaseManagement, kOfficers, true};
constexpr std::string_view kSealed = "people.correction";

// The sealed part of a correction.
struct Content {
  std::string by, reason;
  Before before;  // with the whole number of a paper
};
BOOST_DESCRIBE_STRUCT(Content, (), (by, reason, before))

PersonEdit edit_of(const PersonCorrection& asked) {
  PersonEdit out;
  out.name = asked.name;
  out.birth_date = asked.birth_date;
  out.birth_year = asked.birth_year;
  out.sex = asked.sex;
  out.nationality = asked.nationality;
  out.unit = asked.unit;
  out.address = asked.address;
  out.paper = asked.paper;
  return out;
}

bool says_nothing(const PersonCorrection& c) {
  return !c.name && !c.birth_date && !c.birth_year && !c.sex && !c.nationality && !c.unit && !c.address && !c.paper &&
         !c.wrong_paper;
}

// What of the old record is no longer so.
Before before_of(const People::Impl& impl, const PersonRow& old, const PersonRow& now) {
  Before out;
  if (old.name != now.name) out.name = old.name;
  if (old.birth_date != now.birth_date || old.birth_year != now.birth_year) {
    out.birth_date = old.birth_date;
    out.birth_year = old.birth_year;
  }
  if (old.sex != now.sex) out.sex = old.sex;
  if (old.nationality != now.nationality) out.nationality = old.nationality;
  if (old.unit != now.unit) out.unit_path = impl.geography.path_text(old.unit);
  const auto was = impl.address(old);
  if (was != impl.address(now)) out.address = was.value_or("");
  return out;
}

}  // namespace

Task<Result<Person>> People::correct(const Caller& caller, PersonId person, PersonCorrection asked,
                                     std::int64_t version) {
  std::string reason = asked.reason;
  auto editing = impl_->db.transact([impl = impl_.get(), caller, person, asked = std::move(asked),
                                     version](Session& s) -> Result<Person> {
    const auto old = storage::find(s, person);
    const auto allowed = impl->access.require(s, caller, kCorrect, {person, old ? old->unit : UnitId{}, asked.reason});
    if (!allowed) return allowed.error();
    if (!old) return kNotFound;
    if (old->version != version) return kVersionConflict;
    auto wrong = impl->check(edit_of(asked), *old);
    if (says_nothing(asked)) wrong.push_back({"", "required", {}});
    if (!wrong.empty()) return Error(kInvalid, std::move(wrong));

    PersonRow row = *old;
    impl->apply(edit_of(asked), row);
    if (asked.birth_year && !asked.birth_date) row.birth_date.reset();  // known less well than it was written down
    ++row.version;
    storage::update(s, row, version);
    change_name(s, row, old->name);
    Content content{caller.name, asked.reason, before_of(*impl, *old, row)};
    if (asked.wrong_paper) {
      content.before.paper = impl->remove_paper(s, person, *asked.wrong_paper);
      if (!content.before.paper) return wrong_field("/wrongPaper", "unknown");
    }
    if (asked.paper) impl->add_paper(s, person, *asked.paper, true);
    const std::int64_t id = impl->db.ids().next();
    storage::insert(
        s,
        storage::CorrectionRow{
            id, row.version, impl->clock.now(), {impl->vault.seal(kSealed, id_text(id), json::text(content))}},
        person, caller.account);
    s.publish({"person.changed", person.value, impl->clock.now(), row.version, row.unit.value});
    return impl->view(s, row, std::nullopt, storage::account_of(s, person));
  });
  return with_current(std::move(editing),
                      [this, caller, person, reason = std::move(reason)] { return find(caller, person, reason); });
}

Task<Result<http::Page<Correction>>> People::corrections(const Caller& caller, PersonId person,
                                                         std::string reason) const {
  return impl_->db.transact(
      [impl = impl_.get(), caller, person, reason = std::move(reason)](Session& s) -> Result<http::Page<Correction>> {
        const auto row = storage::find(s, person);
        const auto allowed = impl->access.require(s, caller, kRead, {person, row ? row->unit : UnitId{}, reason});
        if (!allowed) return allowed.error();
        if (!row) return kNotFound;
        http::Page<Correction> page;
        for (const auto& one : storage::corrections(s, person, kCorrectionsShown)) {
          auto content = json::parse<Content>(impl->vault.unsealed(kSealed, id_text(one.id), one.content.data));
          if (!content) throw std::runtime_error("a correction is not readable");
          auto& paper = content->before.paper;
          if (paper) paper = linkage::masked_paper(*paper);
          page.items.push_back(
              {one.made, std::move(content->by), std::move(content->reason), one.version, std::move(content->before)});
        }
        return page;
      });
}

std::optional<std::string> People::Impl::remove_paper(Session& session, PersonId person,
                                                      std::string_view written) const {
  const auto keys = linkage::paper_keys(written);
  for (const auto& row : storage::papers(session, person)) {
    auto number = vault.unseal("people.paper", id_text(row.id), row.sealed.data);
    if (!number) continue;
    const auto own = linkage::paper_keys(*number);
    const bool same = std::any_of(own.begin(), own.end(), [&](const std::string& key) {
      return std::find(keys.begin(), keys.end(), key) != keys.end();
    });
    if (!same) continue;
    storage::remove_paper(session, row.id);
    return number;
  }
  return std::nullopt;
}

}  // namespace luytre::people
