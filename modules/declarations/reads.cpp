#include <algorithm>
#include <limits>

#include "modules/declarations/impl.h"
#include "modules/people/adults.h"

namespace luytre::declarations {
namespace {

constexpr std::size_t kRetentionStep = 1000;
constexpr std::chrono::minutes kRetentionEvery{5};

Task<std::optional<std::string>> form_if_none(Task<std::optional<Instant>> valid) {
  const std::optional<Instant> until = co_await std::move(valid);
  if (until) co_return std::nullopt;
  co_return kEntryForm;
}

Task<std::optional<Instant>> at_once(std::optional<Instant> known) {
  co_return known;
}
Task<std::optional<std::string>> nothing() {
  co_return std::nullopt;
}

Task<std::optional<Instant>> remembered(Task<std::optional<Instant>> read, PersonId person, Instant now,
                                        ValidityMemory& memory) {
  const std::optional<Instant> until = co_await std::move(read);
  if (!until || *until <= now) co_return std::nullopt;
  memory.keep(person, *until, now);
  co_return until;
}

}  // namespace

std::optional<DeclarationId> position_of(const std::optional<std::string>& cursor) {
  if (!cursor) return DeclarationId{std::numeric_limits<std::int64_t>::max()};
  const auto id = parse_id(*cursor);
  if (!id) return std::nullopt;
  return DeclarationId{*id};
}

Error wrong_cursor() {
  return wrong_field("?cursor", "format");
}

UnitId Declarations::Impl::unit_for(const Caller& caller, const identity::Action& action,
                                    const storage::DeclarationRow& row) const {
  if (!row.there) return row.unit;
  bool there = false;
  for (const UnitId area : access.areas(caller, action)) {
    if (geography.covers(area, row.unit)) return row.unit;
    there = there || geography.covers(area, *row.there);
  }
  return there ? *row.there : row.unit;
}

UnitId Declarations::Impl::unit_for(store::Session& session, const Caller& caller,
                                    const storage::DeclarationRow& row) const {
  const UnitId unit = unit_for(caller, kRead, row);
  const auto areas = access.areas(caller, kRead);
  const auto mine = [&](UnitId one) { return geography.covers(areas, one); };
  if (!handed_to || areas.empty() || mine(unit)) return unit;
  for (const UnitId given : handed_to(session, row.id))
    if (mine(given)) return given;
  return unit;
}

Result<people::Member> Declarations::Impl::own_or_member(store::Session& session, const Caller& caller,
                                                         std::optional<PersonId> person) const {
  if (caller.account.value == 0) return kUnauthenticated;
  if (!caller.full) return kSecondProofRequired;
  const people::People::Wanted wanted{caller.account, person};
  const auto member = people::People::members(session, std::span(&wanted, 1)).front();
  if (member) return *member;
  if (!person) return people::kNoOwnRecord;
  return people::kNotInHousehold;
}

Task<Result<http::Page<Declaration>>> Declarations::of_person(const Caller& caller, OwnFilter filter,
                                                              std::optional<std::string> cursor,
                                                              std::size_t limit) const {
  const auto before = position_of(cursor);
  if (!before) return refused<http::Page<Declaration>>(wrong_cursor());
  return impl_->db.read([impl = impl_.get(), caller, filter = std::move(filter), before = *before,
                         limit](store::Session& s) -> Result<http::Page<Declaration>> {
    const auto about = impl->own_or_member(s, caller, filter.person);
    if (!about) return about.error();
    storage::PersonSearch search{about->person, filter.form, std::nullopt};
    if (!impl->may_see(s, caller.account, *about, AccountId{})) search.declared_by = caller.account;
    auto rows = storage::of_person(s, search, before, limit + 1);
    http::Page<Declaration> page;
    if (rows.size() > limit) {
      rows.resize(limit);
      page.next = to_text(rows.back().id);
    }
    auto declarers = impl->declarers(s, rows, false);
    for (std::size_t i = 0; i < rows.size(); ++i) {
      Content content = impl->unseal(rows[i]);
      Declaration& one = page.items.emplace_back(impl->declaration_of(rows[i], content.result));
      one.declared_by = std::move(declarers[i]);
      if (filter.answers) one.response = std::move(content.response);
    }
    return page;
  });
}

Result<Declarations::Impl::Opened> Declarations::Impl::open(store::Session& session, const Caller& caller,
                                                            DeclarationId id, const identity::Action& action,
                                                            const std::string& detail) const {
  auto row = storage::find(session, id);
  if (!row) return kNotFound;
  const identity::Subject subject{row->person, unit_for(session, caller, *row),
                                  identity::note(identity::LogNote::kDeclaration, to_text(id)) + detail};
  if (auto allowed = access.require(session, caller, action, subject); !allowed) return allowed.error();
  const people::People::Wanted wanted{caller.account, row->person};
  const auto member = people::People::members(session, std::span(&wanted, 1)).front();
  if (member && !may_see(session, caller.account, *member, row->declared_by)) return people::kAdultsOwnAffair;
  return Opened{std::move(*row), member};
}

Task<Result<Declaration>> Declarations::find(const Caller& caller, DeclarationId id) const {
  return impl_->db.transact([impl = impl_.get(), caller, id](store::Session& s) -> Result<Declaration> {
    const auto opened = impl->open(s, caller, id, kRead);
    if (!opened) return opened.error();
    const auto& [row, member] = *opened;
    Content content = impl->unseal(row);
    Declaration out = impl->declaration_of(row, content.result);
    out.response = std::move(content.response);
    out.place = content.place;
    out.declared_by = impl->declarers(s, std::span(&row, 1), !member).front();
    out.origin = std::move(content.origin);
    if (!member) out.person_brief = impl->people.brief(s, row.person);
    return out;
  });
}

std::optional<Declaration> Declarations::newest(store::Session& session, PersonId person, std::string_view form) const {
  const storage::PersonSearch search{person, std::string(form), std::nullopt};
  const DeclarationId before{std::numeric_limits<std::int64_t>::max()};
  for (const auto& row : storage::of_person(session, search, before, http::kPageUsual)) {
    if (row.replaced_by) continue;
    Content content = impl_->unseal(row);
    Declaration out = impl_->declaration_of(row, content.result);
    out.response = std::move(content.response);
    out.place = content.place;
    out.declared_by = impl_->declarers(session, std::span(&row, 1), true).front();
    return out;
  }
  return std::nullopt;
}

Task<std::optional<Instant>> Declarations::valid_until(PersonId person) const {
  const Instant now = impl_->db.clock().now();
  if (auto known = impl_->memory.recall(person, now)) return at_once(known);
  auto read = impl_->db.read([person](store::Session& s) { return storage::newest_valid_until(s, person); });
  return remembered(std::move(read), person, now, impl_->memory);
}

Task<std::optional<std::string>> Declarations::needed(PersonId person, UnitId unit) const {
  const Instant now = impl_->db.clock().now();
  const DatedForm* form = impl_->catalogue.in_force(kEntryForm, local_date(now));
  if (impl_->settings.study || !form ||
      !impl_->decisions.form_in_force(kEntryForm, form->form.own_decision, unit, now, asked_of(form->form)))
    return nothing();
  return form_if_none(valid_until(person));
}

Task<std::optional<Colour>> Declarations::colour(PersonId person) const {
  return impl_->db.read([person, now = impl_->db.clock().now()](store::Session& s) -> std::optional<Colour> {
    const auto newest = storage::newest_colour(s, person);
    if (!newest || newest->valid_until <= now) return std::nullopt;
    return newest->colour;
  });
}

std::optional<Notice> Declarations::notice(store::Session& session, DeclarationId id) const {
  auto row = storage::find(session, id);
  if (!row) return std::nullopt;
  Notice out;
  out.person = row->person;
  out.form = row->form;
  out.form_version = row->form_version;
  out.unit = row->unit;
  out.there = row->there;
  out.at = row->at;
  out.recorded = row->recorded;
  out.colour = row->colour;
  out.rule_set = row->rule_set;
  out.replaced = row->replaced_by.has_value();
  if (out.colour != Colour::kGreen) {
    Content content = impl_->unseal(*row);
    const DatedForm* dated = impl_->catalogue.find(out.form, out.form_version);
    for (ReasonView& reason : content.result.reasons) {
      out.symptoms = out.symptoms || (dated && dated->rests_on_symptoms(reason.questions));
      out.reasons.push_back(std::move(reason.code));
    }
    out.tell = std::move(content.result.tell);
  }
  while (row && row->corrects) {
    out.corrects.push_back(*row->corrects);
    row = storage::find(session, *row->corrects);
  }
  return out;
}

std::optional<json::Value> Declarations::response(store::Session& session, DeclarationId id) const {
  const auto row = storage::find(session, id);
  if (!row) return std::nullopt;
  return impl_->unseal(*row).response;
}

store::Recurring Declarations::retention() const {
  const auto run = [impl = impl_.get()](store::Session& s) {
    if (impl->settings.study) return;
    const Instant now = impl->db.clock().now();
    while (storage::retain(s, impl->db.ids(), now, now - kKept, kRetentionStep) ==
           static_cast<std::int64_t>(kRetentionStep)) {
    }
    storage::forget_withdrawals(s, now - kProofKept);
  };
  return {"declarations.retention", kRetentionEvery, run};
}

}  // namespace luytre::declarations
