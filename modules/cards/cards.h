// Cards: printed personal cards, for people without a phone.
//
// A card's QR code is a signed serial number (engines/linkage/card_code.h) and holds nothing about the person; what is
// printed beside it is the initials, or the name if the person agrees. A household's keeper has one made for a member,
// an officer for the people of the area, many on a sheet. A person has one valid card at most: asking again prints the
// same one again. A card is good for kLasts; one that is reported lost is refused from that moment on, while what was
// scanned before may still arrive.
//
// A card shows whose it is, not who carries it. So a gate's entry by card is unverified and is no visit (gates.h): it
// is a reason to call, and becomes a visit when an officer has asked.
//
// Ended and expired cards are deleted kKept after that, with a proof row. Every making, printing and ending by an
// officer is in the access log. Thread-safe.

#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "engines/linkage/keys.h"
#include "modules/gates/gates.h"
#include "modules/people/people.h"
#include "platform/base/random.h"
#include "platform/http/router.h"
#include "platform/identity/access.h"
#include "platform/pdf/sheet.h"
#include "platform/store/database.h"

namespace luytre::cards {

using CardId = Id<struct CardTag>;

inline constexpr std::chrono::days kLasts{730};
inline constexpr std::chrono::hours kKept = gates::kKept;
inline constexpr std::size_t kSheetMost = 100;  // cards printed at once

// Absent or false: the initials. Printing a name needs the person's agreement, so it is never preset.
struct NewCard {
  bool named = false;
};
BOOST_DESCRIBE_STRUCT(NewCard, (), (named))

struct CardFor {
  PersonId person;
  bool named = false;
};
BOOST_DESCRIBE_STRUCT(CardFor, (), (person, named))

struct NewCards {
  std::vector<CardFor> items;
};
BOOST_DESCRIBE_STRUCT(NewCards, (), (items))

struct Card {
  CardId id;
  PersonId person;
  std::string number;   // "LTC-7GK2-M0QX"
  std::string printed;  // the name or the initials
  bool named = false;
  Instant made;
  Date last_day;
  std::optional<Instant> ended;
};
BOOST_DESCRIBE_STRUCT(Card, (), (id, person, number, printed, named, made, last_day, ended))

struct LostCard {
  Text<40> number;
};
BOOST_DESCRIBE_STRUCT(LostCard, (), (number))

inline constexpr ErrorCode kTooManyCards{"too_many_cards", 422};  // params: most

struct Settings {
  std::vector<std::filesystem::path> font_folders{pdf::kFontFolder};
};

class Cards {
 public:
  Cards(store::Database& db, const people::People& people, const identity::Access& access, Random& random,
        Settings settings = {});

  // ---- a household's keeper; errors: those of People::member ----
  Task<Result<Card>> make(const Caller& caller, PersonId person, NewCard wish);
  Task<Result<http::Page<Card>>> of_member(const Caller& caller, PersonId person) const;  // the valid one, if any
  // Errors: not_found, poster_font_missing.
  Task<Result<http::Reply>> pdf(const Caller& caller, PersonId person) const;
  Task<Result<Done>> lost(const Caller& caller, PersonId person);  // errors: not_found

  // ---- officers, for people of the area; logged; errors: not_found, not_permitted ----
  // All or none; in the order asked. Errors: invalid, too_many_cards.
  Task<Result<http::Page<Card>>> make_many(const Caller& caller, NewCards wishes);
  // Valid cards only, ten on a page. Errors: too_many_cards, poster_font_missing.
  Task<Result<http::Reply>> sheet(const Caller& caller, std::vector<CardId> cards) const;
  // Newest first; also those of records that were merged with this one (people/merged.h).
  Task<Result<http::Page<Card>>> of_person(const Caller& caller, PersonId person) const;
  Task<Result<Done>> end(const Caller& caller, CardId card);
  Task<Result<Done>> end_by_number(const Caller& caller, LostCard lost);

  // Whose card was shown then (gates::HolderOf). `text` as scanned, or the number as typed.
  Task<Result<PersonId>> holder(std::string text, Instant at) const;
  // The same within another's transaction (people::People::CardHolder).
  Result<PersonId> holder_within(store::Session& session, std::string_view text, Instant at) const;

  store::Recurring retention() const;

 private:
  struct Stored;
  const linkage::CodeKeys& keys() const;
  Card view(store::Session& session, const Stored& row) const;
  Card make_within(store::Session& session, PersonId person, bool named, AccountId by);
  Result<Done> end_within(store::Session& session, const Caller& caller, const std::optional<Stored>& row);

  store::Database& db_;
  const people::People& people_;
  const identity::Access& access_;
  Random& random_;
  const Settings settings_;
};

class Slips;
void routes(http::Router& router, Cards& cards, Slips& slips);

const std::vector<store::Migration>& migrations();

}  // namespace luytre::cards
