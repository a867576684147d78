// Whatever a camera or a keyboard gives, the parsers answer; what they accept comes back the same when written again.

#include "engines/linkage/card_code.h"
#include "engines/linkage/order_code.h"
#include "engines/linkage/paper.h"
#include "engines/linkage/person_code.h"
#include "engines/linkage/place_code.h"
#include "engines/linkage/short_code.h"
#include "platform/base/fuzzing.h"

using namespace luytre::linkage;
using luytre::require;

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  static const std::vector<CodeKey> keys{{1, Seed{1}, true}, {2, Seed{2}, false}};
  static const PlaceCodes places(keys);
  static const PersonCodes persons(keys, Seed{3});
  const std::string_view text(reinterpret_cast<const char*>(data), size);

  if (const auto read = places.read(text); const auto* token = std::get_if<PlaceToken>(&read)) {
    require(std::get<PlaceToken>(places.read(places.token(*token))) == *token);
  }
  (void)persons.read(text, luytre::Instant{1'628'053'200});
  constexpr luytre::Instant kShown{1'628'053'200};
  if (const auto read = read_card(persons.keys(), text, kShown); const auto* card = std::get_if<ScannedCard>(&read)) {
    const auto again = read_card(persons.keys(), shown_card_serial(card->serial), kShown);
    require(std::get<ScannedCard>(again).serial == card->serial);
  }
  if (const auto read = read_order(persons.keys(), text); const auto* order = std::get_if<OrderToken>(&read)) {
    require(std::get<OrderToken>(read_order(persons.keys(), order_code(persons.keys(), *order))) == *order);
  }
  if (const auto read = parse_short_code(text); const auto* code = std::get_if<std::string>(&read)) {
    require(std::get<std::string>(parse_short_code(shown_short_code(*code))) == *code);
  }
  for (const auto& key : paper_keys(text)) require(key.find(':') != std::string::npos);
  return 0;
}
