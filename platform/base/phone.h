// Phone numbers, as people write them, into E.164 ("+84912345678"): the one form that is stored (sealed), indexed
// (blind) and dialled.
//
// Vietnamese numbers may be written 0912 345 678, 0912.345.678, +84 912…, 84912…, 0084…, (+84) 0912…, or without the
// leading zero that spreadsheets eat. Mobile numbers have nine digits after the zero and begin with 3, 5, 7, 8 or 9
// (ten-digit numbering of 2018); landlines have ten and begin with 2. Other countries: "+" or "00", then 8 to 15
// digits. Service numbers (1900…, 115) are not phones of people and are refused. Pure functions.

#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace luytre {

std::optional<std::string> normalise_phone(std::string_view text);

// The numbers that may have been meant where a digit is wrong or two neighbours are swapped; the country stays. `e164`
// is normalised.
std::vector<std::string> near_phones(std::string_view e164);

// Whether a message costs national or international rates. `e164` is normalised.
bool is_vietnamese(std::string_view e164);

// Landlines of Viet Nam receive no messages.
bool can_receive_sms(std::string_view e164);

// "•••• 678": enough for its owner to recognise, too little to dial.
std::string mask_phone(std::string_view e164);

}  // namespace luytre
