// Statistics as sheets, headed in a language (texts "statistics.column.<name>"). Pure.

#pragma once

#include "modules/statistics/statistics.h"

namespace luytre::statistics {

// Best first; rows of which nothing is known come last, in the order they had.
void rank(std::vector<Row>& rows, Rank by);

class Sheets {
 public:
  Sheets(const notify::Texts& texts, const places::Kinds& kinds, std::string language)
      : texts_(texts), kinds_(kinds), language_(std::move(language)) {}
  tables::Sheet of(const Table& table) const;  // ranked as its rows are; the whole comes last
  tables::Sheet of(const Trend& trend) const;
  tables::Sheet of(const std::vector<PlaceRow>& places) const;
  tables::Sheet of(const CaseReport& report) const;  // the whole comes last; its mark says what was asked

 private:
  std::vector<std::string> columns(std::initializer_list<const char*> names) const;
  std::string kind(const std::string& kind) const;

  const notify::Texts& texts_;
  const places::Kinds& kinds_;
  const std::string language_;
};

}  // namespace luytre::statistics
