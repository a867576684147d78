#include "modules/cards/cards.h"

#include <algorithm>

#include "engines/linkage/card_code.h"
#include "engines/linkage/person_code.h"
#include "engines/linkage/short_code.h"
#include "modules/cards/print.h"
#include "modules/cards/reply.h"
#include "modules/cards/storage.h"
#include "modules/people/merged.h"

namespace luytre::cards {
namespace {

using store::Session;

constexpr std::chrono::minutes kRetentionEvery{60};
constexpr std::size_t kSerialBytes = 5;

const std::vector<Role> kOfficers{Role::kStationOfficer, Role::kDistrictOfficer, Role::kProvinceOfficer};
const identity::Action kMake{"cards.make", Purpose::kCaseManagement, kOfficers};
const identity::Action kPrint{"cards.print", Purpose::kCaseManagement, kOfficers};
const identity::Action kRead{"cards.read", Purpose::kCaseManagement, kOfficers};
const identity::Action kEnd{"cards.end", Purpose::kCaseManagement, kOfficers};

Error too_many() {
  return {kTooManyCards, {{"most", std::to_string(kSheetMost)}}};
}

std::int64_t draw_serial(Random& random) {
  std::uint64_t serial = 0;
  for (const char byte : random.bytes(kSerialBytes)) serial = serial << 8 | static_cast<unsigned char>(byte);
  return static_cast<std::int64_t>(serial % linkage::kShortCodes);
}

bool expired(const storage::CardRow& row, Instant at) {
  return local_date(at).days > row.last_day;
}

Result<std::int64_t> serial_in(const linkage::CodeKeys& keys, std::string_view text, Instant at) {
  const auto read = linkage::read_card(keys, text, at);
  if (const auto* card = std::get_if<linkage::ScannedCard>(&read)) return static_cast<std::int64_t>(card->serial);
  const auto fault = std::get<linkage::CodeFault>(read);
  if (fault == linkage::CodeFault::kExpired) return gates::kCardExpired;
  return fault == linkage::CodeFault::kForged ? gates::kCardForged : gates::kCodeUnknown;
}

Result<PersonId> holder_of(Session& session, std::int64_t serial, Instant at) {
  const auto row = storage::by_serial(session, serial);
  if (!row) return gates::kCodeUnknown;
  if (row->ended && at >= *row->ended) return gates::kCardLost;
  if (expired(*row, at)) return gates::kCardExpired;
  return row->person;
}

PrintedCard printed(const linkage::CodeKeys& keys, const storage::CardRow& row, const Card& card) {
  const linkage::CardToken token{static_cast<std::uint64_t>(row.serial), Date{row.last_day}};
  return {linkage::card_code(keys, token), card.number, card.printed, Date{row.last_day}};
}

}  // namespace

struct Cards::Stored : storage::CardRow {
  Stored(storage::CardRow row) : CardRow(std::move(row)) {}  // NOLINT: implicit by intent
};

Cards::Cards(store::Database& db, const people::People& people, const identity::Access& access, Random& random,
             Settings settings)
    : db_(db), people_(people), access_(access), random_(random), settings_(std::move(settings)) {}

const linkage::CodeKeys& Cards::keys() const {
  return people_.codes().keys();
}

Card Cards::view(Session& session, const Stored& row) const {
  const auto brief = people_.brief(session, row.person);
  const std::string name = brief ? brief->name : "";
  return {row.id,
          row.person,
          linkage::shown_card_serial(static_cast<std::uint64_t>(row.serial)),
          row.named ? name : initials(name),
          row.named,
          row.made,
          Date{row.last_day},
          row.ended};
}

Card Cards::make_within(Session& session, PersonId person, bool named, AccountId by) {
  const Instant now = db_.clock().now();
  if (auto row = storage::valid(session, person)) {
    if (!expired(*row, now)) {
      if (row->named != named) storage::set_named(session, row->id, named);
      row->named = named;
      return view(session, *row);
    }
    storage::end(session, row->id, now, by);
  }
  storage::CardRow row;
  row.id = db_.ids().make<CardId>();
  do row.serial = draw_serial(random_);
  while (storage::by_serial(session, row.serial));
  row.person = person;
  row.named = named;
  row.made = now;
  row.made_by = by;
  row.last_day = local_date(now + kLasts).days;
  storage::insert(session, row);
  return view(session, row);
}

// ---- a household's keeper ----

Task<Result<Card>> Cards::make(const Caller& caller, PersonId person, NewCard wish) {
  return db_.transact([this, caller, person, named = wish.named](Session& s) -> Result<Card> {
    const auto member = people_.member(s, caller, person);
    if (!member) return member.error();
    return make_within(s, member->person, named, caller.account);
  });
}

Task<Result<http::Page<Card>>> Cards::of_member(const Caller& caller, PersonId person) const {
  return db_.transact([this, caller, person](Session& s) -> Result<http::Page<Card>> {
    const auto member = people_.member(s, caller, person);
    if (!member) return member.error();
    http::Page<Card> page;
    const auto row = storage::valid(s, member->person);
    if (row && !expired(*row, db_.clock().now())) page.items.push_back(view(s, *row));
    return page;
  });
}

Task<Result<http::Reply>> Cards::pdf(const Caller& caller, PersonId person) const {
  auto fonts = fonts_in(settings_.font_folders);
  if (!fonts) return refused<http::Reply>(fonts.error());
  return db_.transact([this, caller, person, fonts = *std::move(fonts)](Session& s) -> Result<http::Reply> {
    const auto member = people_.member(s, caller, person);
    if (!member) return member.error();
    const auto row = storage::valid(s, member->person);
    if (!row || expired(*row, db_.clock().now())) return kNotFound;
    return pdf_reply(cards_pdf({printed(keys(), *row, view(s, *row))}, fonts), "luytre-the.pdf");
  });
}

Task<Result<Done>> Cards::lost(const Caller& caller, PersonId person) {
  return db_.transact([this, caller, person](Session& s) -> Result<Done> {
    const auto member = people_.member(s, caller, person);
    if (!member) return member.error();
    const auto row = storage::valid(s, member->person);
    if (!row || !storage::end(s, row->id, db_.clock().now(), caller.account)) return kNotFound;
    return Done{};
  });
}

// ---- officers ----

Task<Result<http::Page<Card>>> Cards::make_many(const Caller& caller, NewCards wishes) {
  if (wishes.items.empty()) return refused<http::Page<Card>>(wrong_field("/items", "required"));
  if (wishes.items.size() > kSheetMost) return refused<http::Page<Card>>(too_many());
  return db_.transact([this, caller, wishes = std::move(wishes)](Session& s) -> Result<http::Page<Card>> {
    http::Page<Card> page;
    for (const CardFor& wish : wishes.items) {
      const auto unit = people_.unit_of(s, wish.person);
      const auto allowed = access_.require(s, caller, kMake, {wish.person, unit.value_or(UnitId{}), ""});
      if (!allowed) return allowed.error();
      if (!unit) return kNotFound;
      page.items.push_back(make_within(s, wish.person, wish.named, caller.account));
    }
    return page;
  });
}

Task<Result<http::Reply>> Cards::sheet(const Caller& caller, std::vector<CardId> cards) const {
  auto fonts = fonts_in(settings_.font_folders);
  if (!fonts) return refused<http::Reply>(fonts.error());
  if (cards.empty()) return refused<http::Reply>(kNotFound);
  if (cards.size() > kSheetMost) return refused<http::Reply>(too_many());
  return db_.transact(
      [this, caller, cards = std::move(cards), fonts = *std::move(fonts)](Session& s) -> Result<http::Reply> {
        std::vector<PrintedCard> all;
        for (const CardId id : cards) {
          const auto row = storage::card(s, id);
          const PersonId person = row ? row->person : PersonId{};
          const auto unit = row ? people_.unit_of(s, person) : std::nullopt;
          const auto allowed = access_.require(s, caller, kPrint, {person, unit.value_or(UnitId{}), ""});
          if (!allowed) return allowed.error();
          if (!row || row->ended || expired(*row, db_.clock().now())) return kNotFound;
          all.push_back(printed(keys(), *row, view(s, *row)));
        }
        return pdf_reply(cards_pdf(all, fonts), "luytre-the.pdf");
      });
}

Task<Result<http::Page<Card>>> Cards::of_person(const Caller& caller, PersonId person) const {
  return db_.transact([this, caller, person](Session& s) -> Result<http::Page<Card>> {
    const auto unit = people_.unit_of(s, person);
    const auto allowed = access_.require(s, caller, kRead, {person, unit.value_or(UnitId{}), ""});
    if (!allowed) return allowed.error();
    if (!unit) return kNotFound;
    http::Page<Card> page;
    for (const PersonId record : people::known_as(s, person)) {
      if (record != person) {  // who may look at the one sees the other, and both read it
        const auto also = access_.require(s, caller, kRead, {record, *unit, ""});
        if (!also) return also.error();
      }
      for (const auto& row : storage::of_person(s, record)) page.items.push_back(view(s, row));
    }
    std::sort(page.items.begin(), page.items.end(), [](const Card& a, const Card& b) { return b.id < a.id; });
    return page;
  });
}

Result<Done> Cards::end_within(Session& session, const Caller& caller, const std::optional<Stored>& row) {
  const PersonId person = row ? row->person : PersonId{};
  const auto unit = row ? people_.unit_of(session, person) : std::nullopt;
  const auto allowed = access_.require(session, caller, kEnd, {person, unit.value_or(UnitId{}), ""});
  if (!allowed) return allowed.error();
  if (!row || !storage::end(session, row->id, db_.clock().now(), caller.account)) return kNotFound;
  return Done{};
}

Task<Result<Done>> Cards::end(const Caller& caller, CardId card) {
  return db_.transact([this, caller, card](Session& s) { return end_within(s, caller, storage::card(s, card)); });
}

Task<Result<Done>> Cards::end_by_number(const Caller& caller, LostCard lost) {
  const auto read = linkage::read_card(keys(), lost.number, db_.clock().now());
  const auto* scanned = std::get_if<linkage::ScannedCard>(&read);
  if (!scanned) return refused<Done>(wrong_field("/number", "format"));
  return db_.transact([this, caller, serial = static_cast<std::int64_t>(scanned->serial)](Session& s) {
    return end_within(s, caller, storage::by_serial(s, serial));
  });
}

// ---- gates ----

Task<Result<PersonId>> Cards::holder(std::string text, Instant at) const {
  const auto serial = serial_in(keys(), text, at);
  if (!serial) return refused<PersonId>(serial.error());
  return db_.read([serial = *serial, at](Session& s) { return holder_of(s, serial, at); });
}

Result<PersonId> Cards::holder_within(Session& session, std::string_view text, Instant at) const {
  const auto serial = serial_in(keys(), text, at);
  if (!serial) return serial.error();
  return holder_of(session, *serial, at);
}

store::Recurring Cards::retention() const {
  return {"cards.retention", kRetentionEvery, [this](Session& s) {
            const Instant now = db_.clock().now(), before = now - kKept;
            const std::int64_t cards = storage::remove_cards(s, before, local_date(before));
            if (cards > 0)
              storage::insert(
                  s, storage::Proof{db_.ids().next(), now, "cards: 28 days after their end", before, cards, 0, 0});
          }};
}

}  // namespace luytre::cards
