// The lines of another system's list, each judged by itself. Pure.
//
// Of both: `id` (the system's own number of the line, if it has one), `name`, `birthYear`, and `phone` or `paper`.
// Times are ISO-8601, or local ones, 2021-11-19 08:30 or 19/11/2021 08:30.
//   visits        `placeCode` (on our poster) or `place` (the id in the sending unit's list of places), `in`, `out`?
//   declarations  `at`, `placeCode` or `place` if it was asked for at one (a gate), and the fields of tokhaiyte.vn's
//   page under their names there, with their codes:
//                 showCountryPassing and showSignal 0/1 with countryPassing (by semicolons) and showSignalNote,
//                 hasPatient, hasFromSickCountry and hasSick 1/2 (1 is yes); of a movement also vehicle (airplane,
//                 personal, other), flightCode, vehicleCode, seat, startTime, startPlace, endPlace
//   entry         `at`, and the fields of the entry form (VHD); codes as ours, yes and no 1 and 0. subject, gate,
//   means,
//                 meansOther, vehicle, seat, departureDate, arrivalDate, departureCountry, departureProvince,
//                 arrivalPlace, countries (of 14 days, by semicolons), stayPlace, stayUnit (the commune's code, if it
//                 is known), stayAddress, contactAddress, email, wantsSim, quarantine, quarantineWhich, the eight
//                 signs, animals, contactCase, vaccines (by semicolons), testDate with testNegative
// A question without an answer is a flaw: nobody is declared healthy by a gap.

#pragma once

#include "modules/foreign/foreign.h"

namespace luytre::foreign {

// What a line says. Sealed as it is while it is a claim.
struct Told {
  std::optional<std::string> id;
  std::string name;
  std::int64_t birth_year = 0;
  std::optional<std::string> phone, paper;
  std::optional<std::string> place, place_code;  // of a visit one of them
  Instant at;                                    // of a visit its beginning
  std::optional<Instant> out;                    // of a visit
  std::optional<Form> form;                      // of a declaration, with
  std::optional<json::Value> response;
  std::optional<std::string> towards;  // code of the commune where the journey leads
};
BOOST_DESCRIBE_STRUCT(Told, (),
                      (id, name, birth_year, phone, paper, place, place_code, at, out, form, response, towards))

struct Line {
  LineResult result;         // refused, or taken until the database says more
  std::optional<Told> told;  // unless refused
};

// `year`: no one is born after it. Errors: those of tables::read_list.
Result<std::vector<Line>> read_lines(const List& list, int year);

}  // namespace luytre::foreign
