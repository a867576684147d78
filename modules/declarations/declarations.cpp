#include "modules/declarations/declarations.h"

#include "modules/declarations/impl.h"
#include "modules/declarations/windows_storage.h"
#include "platform/identity/consents.h"

namespace luytre::declarations {
namespace {

constexpr std::string_view kSealed = "declarations.content";

Result<Done> check_time(Instant at, Instant now) {
  if (at > now + kClockSkew) return kTimeInFuture;
  if (at < now - kLatest) return Error(kTimeTooOld, {{"days", std::to_string(kLatest.count() / 24)}});
  return Done{};
}

Task<Result<Declaration>> answered(Task<Result<Receipt>> recorded, Declaration declaration, ValidityMemory& memory) {
  Result<Receipt> receipt = co_await std::move(recorded);
  if (!receipt) co_return receipt.error();
  declaration.id = receipt->id;
  declaration.person = receipt->person;
  if (receipt->as) declaration.declared_by = DeclaredBy{*receipt->as, std::nullopt, receipt->channel};
  // An older one, sent late, does not decide; the next reader looks it up.
  memory.forget(receipt->person);
  co_return declaration;
}

}  // namespace

std::optional<PlaceId> declared_gate(const forms::Questionnaire& form, const forms::Answers& answers) {
  const auto* item = form.meaning(forms::Meaning::kGate);
  const auto found = item ? answers.find(item->link_id) : answers.end();
  if (found == answers.end() || found->second.empty()) return std::nullopt;
  const auto* chosen = std::get_if<forms::Coding>(&found->second.front());
  if (!chosen || chosen->system != kPlaceCodes) return std::nullopt;
  const auto id = parse_id(chosen->code);
  return id ? std::optional(PlaceId{*id}) : std::nullopt;
}

command::Asked asked_of(const forms::Questionnaire& form, std::optional<PlaceId> place) {
  return {form.disease, json::parse_enum<command::Direction>(form.direction), place};
}

Verdict verdict_of(const forms::Outcome& outcome) {
  Verdict out;
  out.colour = outcome.colour;
  for (const forms::Reason& reason : outcome.reasons)
    out.reasons.push_back({reason.code, reason.text, reason.questions});
  out.next_step = {outcome.next_step, outcome.next_step_text};
  out.rule_set = outcome.rule_set;
  out.tell = outcome.tell;
  return out;
}

std::optional<Instant> ValidityMemory::recall(PersonId person, Instant now) const {
  const std::lock_guard lock(guard_);
  const auto found = entries_.find(person);
  if (found == entries_.end() || found->second.valid_until <= now ||
      found->second.read_at + Declarations::kRemembered <= now)
    return std::nullopt;
  return found->second.valid_until;
}

void ValidityMemory::keep(PersonId person, Instant valid_until, Instant now) {
  const std::lock_guard lock(guard_);
  if (entries_.size() >= kMost) entries_.clear();
  entries_[person] = {valid_until, now};
}

void ValidityMemory::forget(PersonId person) {
  const std::lock_guard lock(guard_);
  entries_.erase(person);
}

Declarations::Impl::Impl(store::Database& db, const people::People& people, const command::Decisions& decisions,
                         const geography::Geography& geography, const identity::Access& access, const Vault& vault,
                         Catalogue catalogue, Settings settings)
    : db(db),
      people(people),
      decisions(decisions),
      geography(geography),
      access(access),
      vault(vault),
      catalogue(std::move(catalogue)),
      settings(settings),
      flood(db, "declarations.submit",
            [this](store::Session& session, std::span<const Prepared> batch) { return record(session, batch); }) {}

Result<std::optional<UnitId>> Declarations::Impl::there(const NewDeclaration& asked) const {
  if (asked.unit) {
    if (!geography.find(*asked.unit)) return wrong_field("/unit", "unknown");
    return asked.unit;
  }
  if (!asked.place || !place_unit) return std::optional<UnitId>();
  const auto unit = place_unit(*asked.place);
  if (!unit) return wrong_field("/place", "unknown");
  return unit;
}

store::Bytes Declarations::Impl::seal(DeclarationId id, const Content& content) const {
  return {vault.seal(kSealed, to_text(id), json::text(content))};
}

Content Declarations::Impl::unseal(const storage::DeclarationRow& row) const {
  auto content = json::parse<Content>(vault.unsealed(kSealed, to_text(row.id), row.content.data));
  if (!content) throw std::runtime_error("declaration " + to_text(row.id) + " is not readable");
  return std::move(*content);
}

Declaration Declarations::Impl::declaration_of(const storage::DeclarationRow& row, const Verdict& result) const {
  Declaration out;
  out.id = row.id;
  out.person = row.person;
  out.form = row.form;
  out.form_version = row.form_version;
  out.at = row.at;
  out.result = result;
  out.valid_until = row.valid_until;
  out.corrects = row.corrects;
  out.replaced_by = row.replaced_by;
  const DatedForm* dated = catalogue.find(row.form, row.form_version);
  out.withdrawable = dated && dated->form.withdrawable;
  return out;
}

// A member of the caller's household, or, for an officer, a person of the area, or one whose order the area has; and
// declarations are on there.
Result<Done> Declarations::Impl::may_declare(store::Session& session, const Prepared& one, bool member, PersonId person,
                                             std::optional<UnitId> unit) const {
  if (one.shown) {
    if (!unit) return kNotFound;
    return access.require(session, one.caller, kSubmitFor,
                          {*one.person, *one.shown, identity::note(identity::LogNote::kShownOnEntry)});
  }
  if (!member && !one.person) return people::kNoOwnRecord;
  const bool officer = !member && !access.areas(one.caller, kList).empty();
  if (!member && !officer) {
    if (unit) static_cast<void>(access.require(session, one.caller, kSubmitFor, {*one.person, *unit, ""}));  // logs it
    return people::kNotInHousehold;  // also when there is no such person: nobody learns who exists
  }
  if (!unit) return kNotFound;
  command::Asked at_home = one.asked;
  at_home.place.reset();
  const auto on = [&](UnitId where, const command::Asked& asked) {
    return decisions.form_in_force(one.row.form, one.own_decision, where, one.row.at, asked).has_value();
  };
  const bool asked_for = on(*unit, at_home) || (one.row.there && on(*one.row.there, one.asked)) ||
                         (one.gate_unit && on(*one.gate_unit, one.asked));
  // What was said is put right whether or not it is still asked for; of officers, by those of residence alone.
  std::optional<OrderAsks> order;
  if (!one.row.corrects && !(member && asked_for)) order = ordered_of(session, person, one.row.form, one.row.at);
  if (!one.row.corrects && !asked_for && !order) return kNotInForce;
  if (member) return Done{};
  const auto areas = access.areas(one.caller, kSubmitFor);
  const bool by_order = order && !geography.covers(areas, *unit) && geography.covers(areas, order->unit);
  return access.require(session, one.caller, kSubmitFor, {*one.person, by_order ? order->unit : *unit, ""});
}

std::vector<Result<Receipt>> Declarations::Impl::record(store::Session& session,
                                                        std::span<const Prepared> batch) const {
  std::vector<people::People::Wanted> wanted;
  wanted.reserve(batch.size());
  for (const Prepared& one : batch) wanted.push_back({one.caller.account, one.person});
  const auto members = people::People::members(session, wanted);
  std::vector<PersonId> persons;
  persons.reserve(batch.size());
  for (std::size_t i = 0; i < batch.size(); ++i)
    persons.push_back(members[i] ? members[i]->person : batch[i].person.value_or(PersonId{}));
  const auto units = people.units_of(session, persons);

  std::vector<identity::Consents::Act> acts;
  for (const Prepared& one : batch) acts.push_back({one.caller.account, one.row.at});
  std::vector<std::optional<Error>> lacking(batch.size());
  if (settings.consents) lacking = settings.consents->refusals(session, identity::ConsentPurpose::kDeclarations, acts);

  std::vector<Result<Receipt>> out;
  std::vector<storage::DeclarationRow> rows;
  std::vector<store::NewEvent> events;
  out.reserve(batch.size());
  for (std::size_t i = 0; i < batch.size(); ++i) {
    if (const auto may = may_declare(session, batch[i], members[i].has_value(), persons[i], units[i]); !may) {
      out.emplace_back(may.error());
      continue;
    }
    // For the own household alone: an officer declares for somebody without a phone by duty, and is in the access log.
    if (members[i] && lacking[i]) {
      out.emplace_back(std::move(*lacking[i]));
      continue;
    }
    storage::DeclarationRow row = batch[i].row;
    row.person = persons[i];
    row.unit = *units[i];
    note_declarer(row, declarer_of(batch[i], members[i]));
    auto pictures = batch[i].pictures;
    const AccountId counted = members[i] ? row.declared_by : AccountId{};
    if (auto room = room_for_pictures(session, row.person, counted, pictures.size() + batch[i].kept.size()); !room) {
      out.emplace_back(room.error());
      continue;
    }
    if (row.corrects) {
      auto kept = replace(session, row, members[i], batch[i].kept);
      if (!kept) {
        out.emplace_back(kept.error());
        continue;
      }
      std::move(kept->begin(), kept->end(), std::back_inserter(pictures));
    }
    keep_pictures(session, row, std::move(pictures));
    events.push_back({"declaration.submitted", row.id.value, row.at, 1, row.unit.value});
    out.emplace_back(Receipt{row.id, row.person, row.declared_as, row.channel});
    if (batch[i].rhythm.count() > 0) storage::note_begun(session, row.form, row.person, row.at, batch[i].rhythm);
    rows.push_back(std::move(row));
  }
  storage::insert(session, rows);
  session.publish(events);
  return out;
}

Task<Result<Receipt>> Declarations::Impl::record_alone(Prepared prepared, std::optional<store::Once> once) const {
  auto recording = [this, one = std::make_shared<const Prepared>(std::move(prepared))](store::Session& s) {
    return Result<Receipt>(std::move(record(s, std::span(one.get(), 1)).front()));
  };
  if (once) return db.once(std::move(*once), std::move(recording));
  return db.transact(std::move(recording));
}

Declarations::Declarations(store::Database& db, const people::People& people, const command::Decisions& decisions,
                           const geography::Geography& geography, const identity::Access& access, const Vault& vault,
                           Catalogue catalogue, Settings settings)
    : impl_(std::make_unique<Impl>(db, people, decisions, geography, access, vault, std::move(catalogue), settings)) {}

Declarations::~Declarations() = default;

void Declarations::set_place_unit(PlaceUnit place_unit) {
  impl_->place_unit = std::move(place_unit);
}

void Declarations::set_handed_to(HandedTo handed_to) {
  impl_->handed_to = std::move(handed_to);
}

void Declarations::set_ordered(Ordered ordered) {
  impl_->ordered = std::move(ordered);
}

std::optional<OrderAsks> Declarations::ordered(store::Session& session, PersonId person, std::string_view form,
                                               Instant at) const {
  return impl_->ordered_of(session, person, form, at);
}

void Declarations::set_lists(Lists lists) {
  impl_->lists = std::move(lists);
}

const Catalogue& Declarations::catalogue() const {
  return impl_->catalogue;
}

Task<Result<Declaration>> Declarations::submit(const Caller& caller, NewDeclaration asked,
                                               std::optional<store::Once> once) {
  return impl_->submit(caller, std::move(asked), std::nullopt, std::move(once));
}

Task<Result<Declaration>> Declarations::correct_shown(const Caller& caller, NewDeclaration asked, UnitId at,
                                                      std::optional<store::Once> once) {
  if (!asked.corrects || !asked.person) return refused<Declaration>(wrong_field("/corrects", "required"));
  return impl_->submit(caller, std::move(asked), at, std::move(once));
}

Result<Declarations::Impl::Judged> Declarations::Impl::judge(const NewDeclaration& asked,
                                                             const forms::Unasked& unasked) const {
  const Instant now = db.clock().now();
  if (auto timely = check_time(asked.at, now); !timely) return timely.error();
  const Date day = local_date(asked.at);
  const DatedForm* dated = catalogue.find(asked.form, asked.version);
  if (!dated || !dated->in_force(day)) return kFormNotInForce;
  auto pictures = SentPictures::read(asked, db.ids(), vault);
  if (!pictures) return pictures.error();
  const forms::ValueSets listed = [this](std::string_view value_set, const forms::Coding& given) {
    if (value_set == kCountrySet) return catalogue.countries().find(given);
    return lists.find ? lists.find(value_set, given) : std::optional<forms::Concept>();
  };
  auto response = forms::read_response(dated->form, asked.response, "/response", unasked, listed, pictures->files());
  if (!response) return response.error();
  if (const auto named = pictures->all_named(); !named) return named.error();
  const auto gate = declared_gate(dated->form, response->answers);
  command::Asked context = asked_of(dated->form, asked.place ? asked.place : gate);
  const auto disease = decisions.disease_of(dated->form.id, dated->form.own_decision, asked.at, context);
  const forms::RuleSet& rules = dated->rules(day, disease.value_or(""));
  const forms::Outcome outcome = forms::decide(rules, response->answers);

  const auto there = this->there(asked);
  if (!there) return there.error();

  Judged out;
  out.own_decision = dated->form.own_decision;
  out.asked = std::move(context);
  if (gate && place_unit) out.gate_unit = place_unit(*gate);
  if (const auto& rhythm = rules.rhythm) out.rhythm = std::chrono::hours(24 * rhythm->days);
  out.verdict = verdict_of(outcome);
  out.pictures = pictures->rows();
  out.kept = pictures->kept();
  auto& row = out.row;
  row.id = db.ids().make<DeclarationId>();
  row.there = *there;
  row.form = dated->form.id;
  row.form_version = dated->form.version;
  row.colour = outcome.colour;
  row.rule_set = outcome.rule_set;
  // Few answers decide, so even a keyed hash of them alone could be compared between people: the id makes each one its
  // own.
  row.inputs = {vault.blind(kInputs, to_text(row.id) + '\n' + outcome.inputs)};
  row.at = asked.at;
  row.recorded = now;
  row.valid_until = asked.at + outcome.valid_for;
  if (row.colour != Colour::kGreen) row.place = asked.place;
  row.content = seal(row.id, {json::Value(std::move(response->normal)), asked.place, out.verdict, std::nullopt});
  return out;
}

bool Declarations::Impl::on(const Judged& judged, UnitId home) const {
  const auto& row = judged.row;
  const auto in = [&](UnitId unit) {
    return decisions.form_in_force(row.form, judged.own_decision, unit, row.at, judged.asked).has_value();
  };
  return in(home) || (row.there && in(*row.there)) || (judged.gate_unit && in(*judged.gate_unit));
}

Task<Result<Declaration>> Declarations::Impl::submit(const Caller& caller, NewDeclaration asked,
                                                     std::optional<UnitId> shown, std::optional<store::Once> once) {
  if (caller.account.value == 0) return refused<Declaration>(kUnauthenticated);
  if (!caller.full) return refused<Declaration>(kSecondProofRequired);
  if (asked.channel == Channel::kKiosk) return refused<Declaration>(wrong_field("/channel", "choice"));
  auto judged = judge(asked);
  if (!judged) return refused<Declaration>(judged.error());
  Prepared prepared;
  prepared.caller = caller;
  prepared.person = asked.person;
  prepared.own_decision = judged->own_decision;
  prepared.rhythm = judged->rhythm;
  prepared.asked = std::move(judged->asked);
  prepared.gate_unit = judged->gate_unit;
  prepared.shown = shown;
  prepared.row = std::move(judged->row);
  prepared.row.declared_by = caller.account;
  prepared.row.corrects = asked.corrects;
  prepared.row.channel = asked.channel;
  prepared.pictures = std::move(judged->pictures);
  prepared.kept = std::move(judged->kept);
  Declaration declaration = declaration_of(prepared.row, judged->verdict);
  const bool pictured = !prepared.pictures.empty() || !prepared.kept.empty();
  auto recorded = pictured ? record_alone(std::move(prepared), std::move(once))
                           : flood.submit(std::move(prepared), std::move(once));
  return answered(std::move(recorded), std::move(declaration), memory);
}

Result<Declaration> Declarations::take(store::Session& session, const NewDeclaration& asked, PersonId person,
                                       const DeclaredBy& by) const {
  auto judged = impl_->judge(asked);
  if (!judged) return judged.error();
  storage::DeclarationRow& row = judged->row;
  const auto unit = impl_->people.unit_of(session, person);
  if (!unit) return kNotFound;
  if (!impl_->on(*judged, *unit) && !impl_->ordered_of(session, person, row.form, row.at)) return kNotInForce;
  if (!judged->kept.empty()) return wrong_field("/response", "unknown");
  if (auto room = impl_->room_for_pictures(session, person, {}, judged->pictures.size()); !room) return room.error();
  row.person = person;
  row.unit = *unit;
  impl_->note_declarer(row, by);
  impl_->keep_pictures(session, row, std::move(judged->pictures));
  if (judged->rhythm.count() > 0) storage::note_begun(session, row.form, row.person, row.at, judged->rhythm);
  storage::insert(session, std::span(&row, 1));
  session.publish({"declaration.submitted", row.id.value, row.at, 1, row.unit.value});
  impl_->memory.forget(person);
  Declaration out = impl_->declaration_of(row, judged->verdict);
  out.declared_by = by;
  return out;
}

Result<Judgement> Declarations::assess(const NewDeclaration& asked, UnitId unit, const forms::Unasked& unasked) const {
  auto judged = impl_->judge(asked, unasked);
  if (!judged) return judged.error();
  const storage::DeclarationRow& row = judged->row;
  if (!impl_->on(*judged, unit)) return kNotInForce;
  if (!judged->no_pictures()) return wrong_field("/pictures", "unknown");
  return Judgement{std::move(judged->verdict), row.valid_until, impl_->unseal(row).response};
}

}  // namespace luytre::declarations
