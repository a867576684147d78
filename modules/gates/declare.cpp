// Visitors who declare at the gate, because they have no phone: on the place's device, or asked by the guard.

#include "engines/linkage/card_code.h"
#include "modules/gates/impl.h"
#include "modules/people/shown.h"
#include "platform/base/text.h"

namespace luytre::gates {
namespace {

using store::Session;

constexpr std::int64_t kEarliestBirth = 1900;
constexpr const char* kAnswer = "gates.declared";

// What a repeated call is answered from. The reasons say what the visitor answered, so they are sealed here, too.
struct Kept {
  Text<256 * 1024> sealed;  // base64url of a VisitorDeclared, with texts in every language
};
BOOST_DESCRIBE_STRUCT(Kept, (), (sealed))

// Who a visitor is, as shown or said.
struct Who {
  Known known = Known::kTyped;
  std::optional<PersonId> person;  // by our own code, or whose card it is
  std::optional<StoredClaim> claim;
};

Result<Who> typed(const VisitorDeclaration& asked, Instant now) {
  if (fold(asked.name.value_or("")).empty()) return wrong_field("/name", "required");
  if (!asked.birth_year) return wrong_field("/birthYear", "required");
  if (*asked.birth_year < kEarliestBirth || *asked.birth_year > year_of(local_date(now)))
    return wrong_field("/birthYear", "range");
  StoredClaim claim;
  claim.name = *asked.name;
  claim.birth = std::to_string(*asked.birth_year);
  return Who{Known::kTyped, {}, std::move(claim)};
}

// Cards are looked up by the caller.
Result<Who> who_of(const Gates::Impl& impl, const VisitorDeclaration& asked) {
  const Instant now = impl.clock.now();
  if (!asked.code) return typed(asked, now);
  if (asked.name || asked.birth_year) return wrong_field("/name", "unknown");
  if (linkage::looks_like_card(*asked.code)) return Who{Known::kCard, {}, {}};
  auto read = read_code(*asked.code, now);
  if (!read) return read.error();
  if (read->how != How::kOwnCode) return Who{Known::kPaper, {}, std::move(read->claim)};
  const auto person = people::shown(impl.people, *asked.code, asked.at);
  if (!person) return person.error();
  return Who{Known::kOwnCode, *person, {}};
}

Light light_of(declarations::Colour colour, bool verified) {
  if (colour == declarations::Colour::kRed) return Light::kRed;
  if (colour == declarations::Colour::kYellow || !verified) return Light::kYellow;
  return Light::kGreen;
}

declarations::NewDeclaration told_at(PlaceId place, const VisitorDeclaration& asked) {
  declarations::NewDeclaration out;
  out.form = asked.form;
  out.version = asked.version;
  out.at = asked.at;
  out.response = asked.response;
  out.place = place;
  out.pictures = asked.pictures;
  return out;
}

Result<Kept> keep(const Gates::Impl& impl, Session& s, const Duty& duty, const VisitorDeclaration& asked,
                  const Who& who) {
  const PlaceId place = duty.spot->place;
  const bool verified = who.known == Known::kOwnCode;
  storage::DeclarationRow row;
  row.id = impl.db.ids().make<EntryId>();
  row.place = place;
  row.guard = duty.guard;
  row.declared = asked.at;
  row.known = who.known;
  row.hand = asked.hand;
  row.form = asked.form;
  row.form_version = asked.version;
  row.recorded = impl.clock.now();
  const auto told = told_at(place, asked);
  VisitorDeclared out;
  out.verified = verified;
  if (verified) {
    declarations::DeclaredBy by{declarations::DeclaredAs::kGuard, duty.spot->place_name, {}};
    if (asked.hand == Hand::kKiosk) {
      by.kind = declarations::DeclaredAs::kSelf;
      by.channel = declarations::Channel::kKiosk;
    }
    auto taken = impl.declarations->take(s, told, *who.person, by);
    if (!taken) return taken.error();
    row.declaration = taken->id;
    out.result = std::move(taken->result);
    out.valid_until = taken->valid_until;
  } else {
    auto judged = impl.declarations->assess(told, duty.spot->unit);
    if (!judged) return judged.error();
    row.colour = judged->result.colour;
    row.content = impl.seal("gates.declaration", row.id, json::text(judged->response));
    if (who.claim) row.claim = impl.seal("gates.claim", row.id, json::text(*who.claim));
    row.person = who.person;
    out.result = std::move(judged->result);
  }
  out.light = light_of(out.result.colour, verified);
  if (!verified) out.result.tell.reset();  // no station is told of whom nobody knows
  storage::insert(s, row);
  return Kept{base64url(impl.vault.seal(kAnswer, to_text(place), json::text(out)))};
}

VisitorDeclared opened(const Gates::Impl& impl, PlaceId place, const Kept& kept) {
  const auto sealed = parse_base64url(kept.sealed);
  auto out = sealed ? json::parse<VisitorDeclared>(impl.vault.unsealed(kAnswer, to_text(place), *sealed))
                    : Result<VisitorDeclared>(kInvalid);
  if (!out) throw std::runtime_error("a kept answer cannot be read");
  return std::move(*out);
}

Task<Result<VisitorDeclared>> declaring(Gates::Impl& impl, PlaceId place, VisitorDeclaration asked, std::string key) {
  if (!impl.declarations) co_return kNotInForce;
  // Before any code is looked at: who is on no shift learns nothing of codes and cards.
  auto looking = impl.db.read([&impl, shift = std::string(asked.shift), place, at = asked.at](Session& s) {
    return impl.standing(s, shift, place, std::nullopt, at);
  });
  const Result<Duty> duty = co_await std::move(looking);
  if (!duty) co_return duty.error();
  if (!duty->spot->approved_at(asked.at)) co_return places::kPlaceNotApproved;
  auto who = who_of(impl, asked);
  if (!who) co_return who.error();
  if (who->known == Known::kCard) {
    if (!impl.holder) co_return kCodeUnknown;
    auto looking_up = impl.holder(std::string(*asked.code), asked.at);
    const Result<PersonId> holder = co_await std::move(looking_up);
    if (!holder) co_return holder.error();
    who->person = *holder;
  }
  auto once = store::make_once(duty->shift, "gates.declare", key, json::text(asked));
  auto keeping = impl.db.once(std::move(once), [&impl, duty = *duty, asked = std::move(asked), who = std::move(*who)](
                                                   Session& s) { return keep(impl, s, duty, asked, who); });
  const Result<Kept> kept = co_await std::move(keeping);
  if (!kept) co_return kept.error();
  co_return opened(impl, place, *kept);
}

UnverifiedDeclaration view(Session& s, const Gates::Impl& impl, const storage::DeclarationRow& row) {
  UnverifiedDeclaration out;
  out.id = row.id;
  out.at = row.declared;
  out.known = row.known;
  out.hand = row.hand;
  out.colour = row.colour.value();
  out.form = row.form;
  out.form_version = row.form_version;
  auto response =
      json::parse<json::Value>(impl.vault.unsealed("gates.declaration", to_text(row.id), row.content->data));
  if (!response) throw std::runtime_error("a visitor's answers cannot be read");
  out.response = std::move(*response);
  out.person = row.person;
  StoredClaim claim = impl.claim_of(s, row.id, row.claim, row.person);
  out.name = std::move(claim.name);
  out.birth = std::move(claim.birth);
  out.address = std::move(claim.address);
  out.papers = std::move(claim.papers);
  out.phone = std::move(claim.phone);
  return out;
}

}  // namespace

Task<Result<VisitorDeclared>> Gates::declare(PlaceId place, VisitorDeclaration declaration, std::string key) {
  return declaring(*impl_, place, std::move(declaration), std::move(key));
}

Task<Result<http::Page<UnverifiedDeclaration>>> Gates::declared(const Caller& caller, CaseId of, PlaceId place,
                                                                std::optional<std::string> cursor,
                                                                std::size_t limit) const {
  using Page = http::Page<UnverifiedDeclaration>;
  const auto before = position_of(cursor);
  if (!before) return refused<Page>(wrong_field("?cursor", "format"));
  return impl_->db.transact([impl = impl_.get(), caller, of, place, before = EntryId{*before},
                             limit](Session& s) -> Result<Page> {
    const auto calling = impl->calling(s, caller, of, place);
    if (!calling) return calling.error();
    auto rows = storage::declared(s, place, calling->window, before, limit + 1);
    Page page;
    if (rows.size() > limit) {
      rows.resize(limit);
      page.next = to_text(rows.back().id);
    }
    std::vector<identity::Access::Shown> known;
    for (const auto& row : rows) {
      page.items.push_back(view(s, *impl, row));
      if (row.person) known.push_back({*row.person, calling->unit});
    }
    impl->access.log_each(s, caller, kCallList, known, identity::note(identity::LogNote::kCaseFile, calling->number));
    impl->access.log_list(s, caller, kCallList, static_cast<std::int64_t>(rows.size()),
                          "declarations, case " + calling->number + ", place " + to_text(place));
    return page;
  });
}

}  // namespace luytre::gates
