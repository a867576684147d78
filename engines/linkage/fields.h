// Reading the fields of foreign codes: what their formats share. Not for other rooms.

#pragma once

#include <string_view>

#include "engines/linkage/claim.h"

namespace luytre::linkage {

// Larger than any QR code holds (ISO/IEC 18004: 2953 bytes).
inline constexpr std::size_t kCodeBytesMost = 3000;

bool is_number(std::string_view text);  // of ASCII digits, not empty
std::vector<std::string_view> split(std::string_view text, char by);
// UTF-8 of a sensible size, in fields by '|'; nothing: neither.
std::optional<std::vector<std::string_view>> bar_fields(std::string_view code);

// NFC with single blanks; empty: not text.
std::string clean(std::string_view field);
// "*" and "•" hide something, and so do three "x" in a row.
bool is_masked(std::string_view text);

// Parts that are 0 are unknown. Nothing: no such date, or not of 1900 to 2199.
std::optional<PartialDate> partial_date(int year, unsigned month, unsigned day);
std::optional<PartialDate> read_ddmmyyyy(std::string_view text);    // "30041975"; "00001975"
std::optional<PartialDate> read_slashed(std::string_view text);     // "30/04/1975", "04/1975", "1975"
std::optional<PartialDate> read_year_first(std::string_view text);  // "1975-04-30", "1975-**-**", "1975/4/30"

// A number of one of the kinds, whole or masked; the first kind that fits.
ClaimedPaper claimed_paper(std::initializer_list<PaperKind> kinds, std::string_view text);

}  // namespace luytre::linkage
