// A loader of one of our CSV files: finds the columns, gathers rows to portions. Private to this module.

#pragma once

#include "modules/integration/loader.h"

namespace luytre::integration {

class CsvLoader : public Loader {
 public:
  CsvLoader(const Job& job, std::span<const Column> columns) : job_(job), columns_(columns) {}

  void take(const tables::Record& record) final {
    if (!layout_) {
      layout_.emplace(columns_, record.fields);
      if (layout_->has_header()) {
        --job_.report.rows;
        return;
      }
    }
    Reason wrong = layout_->wrong_with(record.fields);
    if (wrong.empty()) wrong = read(record);
    if (!wrong.empty()) return reject(record.line, wrong, record.text);
    if (++waiting_ == kPortion) finish();
  }

  void finish() final {
    if (waiting_ != 0) write();
    waiting_ = 0;
  }

 protected:
  virtual Reason read(const tables::Record& record) = 0;  // empty: taken
  virtual void write() = 0;                               // what was taken since the last time

  std::string get(const tables::Record& record, std::string_view column) const {
    return std::string(layout_->get(record.fields, column));
  }
  void reject(std::int64_t line, std::string_view why, std::string_view text) { job_.rejects.add(line, why, text); }

  Job job_;

 private:
  std::span<const Column> columns_;
  std::optional<Layout> layout_;
  std::size_t waiting_ = 0;
};

}  // namespace luytre::integration
