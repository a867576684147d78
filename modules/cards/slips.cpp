#include "modules/cards/slips.h"

#include "engines/linkage/paper.h"
#include "modules/cards/print.h"
#include "modules/cards/reply.h"
#include "modules/cards/slip_number.h"
#include "modules/cards/storage.h"
#include "platform/base/phone.h"
#include "platform/base/text.h"

namespace luytre::cards {
namespace {

using store::Session;

constexpr std::chrono::minutes kRetentionEvery{60};
constexpr std::chrono::days kAhead{60};  // how long before their day slips may be printed

Error too_many(std::int64_t most) {
  return {kTooManySlips, {{"most", std::to_string(most)}}};
}

Sheet view(SheetId id, std::int64_t day, std::int64_t first, std::int64_t slips, std::int64_t keyed) {
  return {id, Date{day}, shown_slip_number(first), shown_slip_number(first + slips - 1), slips, keyed};
}

// Numbers that begin with 0 or + may be phones; what is none is looked at as a paper.
bool reach_fits(const std::string& reach, gates::Written& out) {
  if (reach.empty()) return true;
  if (reach.front() == '0' || reach.front() == '+') out.phone = normalise_phone(reach);
  if (!out.phone && !linkage::paper_keys(reach).empty()) out.paper = reach;
  return out.phone || out.paper;
}

struct Fields {
  gates::Written written;
  std::string field;
  const char* code = nullptr;  // set: `field` is wrong
};

Fields wrong(const char* field, const char* code) {
  return {{}, field, code};
}

// What stands on the slip, with the sheet's day unless the line says another.
Fields read(const Line& line, Date day) {
  Fields out;
  out.written.name = tidy(line.name).value_or("");
  if (fold(out.written.name).empty()) return wrong("name", "required");
  if (!reach_fits(tidy(line.reach.value_or("")).value_or(""), out.written)) return wrong("reach", "format");
  const auto in = parse_clock(line.in);
  if (!in) return wrong("in", line.in.empty() ? "required" : "format");
  const Instant midnight = local_midnight(day);
  out.written.entered = midnight + *in;
  if (line.out && !line.out->empty()) {
    const auto left = parse_clock(*line.out);
    if (!left) return wrong("out", "format");
    out.written.left = midnight + *left + (*left < *in ? std::chrono::days(1) : std::chrono::days(0));
  }
  return out;
}

// The field that a refusal of the gate, or of the checkpoint, is about.
std::string field_of(const Error& error) {
  if (!error.fields.empty()) return error.fields.front().pointer.substr(1);
  return error.code == visits::kOutBeforeIn.code || error.code == visits::kStayTooLong.code ? "out" : "in";
}

checkpoints::WrittenPassage passage_of(const gates::Written& written, const Line& line, const std::string& guard) {
  checkpoints::WrittenPassage out;
  out.place = written.place;
  out.guard = written.guard;
  out.guard_name = guard;
  out.at = written.entered;
  out.direction = *line.direction;
  out.plate = tidy(line.plate.value_or("")).value_or("");
  out.decision = *line.decision;
  out.why = line.why;
  out.claim.name = written.name;
  out.claim.phone = written.phone;
  if (written.paper) out.claim.papers.push_back(*written.paper);
  return out;
}

// Everything that stands on the slip, so that a second keying is known by what it says.
std::string content_of(const gates::Written& written, const Line& line, bool road) {
  std::string out = written.name + '\n' + written.phone.value_or("") + '\n' + written.paper.value_or("") + '\n' +
                    to_text(written.entered) + '\n' + (written.left ? to_text(*written.left) : "");
  if (!road) return out;
  out += '\n' + std::string(line.plate.value_or("")) + '\n' + std::string(json::enum_text(*line.direction)) + '\n' +
         std::string(json::enum_text(*line.decision));
  return line.why ? out + '\n' + std::string(json::enum_text(*line.why)) : out;
}

}  // namespace

Slips::Slips(store::Database& db, const places::Places& places, const gates::Gates& gates,
             const checkpoints::Checkpoints& checkpoints, const Vault& vault, Settings settings)
    : db_(db),
      places_(places),
      gates_(gates),
      checkpoints_(checkpoints),
      vault_(vault),
      settings_(std::move(settings)) {}

Task<Result<Sheet>> Slips::print(const Caller& caller, PlaceId place, NewSheet asked) {
  if (asked.slips > kSlipsMost) return refused<Sheet>(too_many(kSlipsMost));
  const Date today = local_date(db_.clock().now());
  std::vector<FieldError> faults;
  if (asked.slips < 1) faults.push_back({"/slips", "range", {}});
  if (asked.day < local_date(db_.clock().now() - visits::kLatest) || asked.day.days > today.days + kAhead.count())
    faults.push_back({"/day", "range", {}});
  if (!faults.empty()) return refused<Sheet>(Error(kInvalid, std::move(faults)));
  return db_.transact([this, caller, place, asked](Session& s) -> Result<Sheet> {
    const auto allowed = places_.require_keeping(s, caller, place);
    if (!allowed) return allowed.error();
    const auto spot = places_.spot(place);
    if (!spot) return kNotFound;
    if (spot->closed_at) return places::kPlaceClosed;
    storage::SheetRow row;
    row.id = db_.ids().make<SheetId>();
    row.place = place;
    row.day = asked.day.days;
    row.first = storage::take_numbers(s, place, asked.slips, kSlipNumberMost);
    row.slips = asked.slips;
    row.made = db_.clock().now();
    row.made_by = caller.account;
    storage::insert(s, row);
    return view(row.id, row.day, row.first, row.slips, 0);
  });
}

Task<Result<http::Page<Sheet>>> Slips::sheets(const Caller& caller, PlaceId place) const {
  return db_.read([this, caller, place](Session& s) -> Result<http::Page<Sheet>> {
    const auto allowed = places_.require_keeping(s, caller, place);
    if (!allowed) return allowed.error();
    http::Page<Sheet> page;
    for (const auto& row : storage::sheets(s, place, kSheetsShown))
      page.items.push_back(view(row.id, row.day, row.first, row.slips, row.keyed));
    return page;
  });
}

Task<Result<http::Reply>> Slips::pdf(const Caller& caller, PlaceId place, SheetId sheet) const {
  auto fonts = fonts_in(settings_.font_folders);
  if (!fonts) return refused<http::Reply>(fonts.error());
  return db_.read([this, caller, place, sheet, fonts = *std::move(fonts)](Session& s) -> Result<http::Reply> {
    const auto allowed = places_.require_keeping(s, caller, place);
    if (!allowed) return allowed.error();
    const auto row = storage::sheet(s, place, sheet);
    const auto spot = places_.spot(place);
    if (!row || !spot) return kNotFound;
    return pdf_reply(
        slips_pdf({spot->place_name, Date{row->day}, row->first, row->slips, spot->kind->kind == checkpoints::kKind},
                  fonts),
        "luytre-phieu.pdf");
  });
}

Task<Result<Report>> Slips::key_in(const Caller& caller, PlaceId place, Lines lines) {
  if (lines.lines.size() > kLinesMost) return refused<Report>(too_many(kLinesMost));
  return db_.transact([this, caller, place, lines = std::move(lines.lines)](Session& s) -> Result<Report> {
    const auto allowed = places_.require_keeping(s, caller, place);
    if (!allowed) return allowed.error();
    return key_in(s, place, By{{}, "", caller.account}, lines);
  });
}

Task<Result<Report>> Slips::key_in_at_gate(GateLines asked) {
  if (asked.lines.size() > kLinesMost) return refused<Report>(too_many(kLinesMost));
  return db_.transact([this, asked = std::move(asked)](Session& s) -> Result<Report> {
    const auto duty = gates_.duty(s, asked.shift, asked.place, db_.clock().now());
    if (!duty) return duty.error();
    return key_in(s, asked.place, By{duty->guard, duty->name, {}}, asked.lines);
  });
}

Report Slips::key_in(Session& session, PlaceId place, const By& by, const std::vector<Line>& lines) const {
  places_.refresh(session);
  Report out;
  for (const Line& line : lines) {
    LineResult& result = out.lines.emplace_back();
    result.line = static_cast<std::int64_t>(out.lines.size());
    const auto state = take(session, place, by, line, result.field);
    result.state = state ? *state : LineState::kRefused;
    if (!state) result.code = state.error().code;
    std::int64_t* const counts[] = {&out.taken, &out.changed, &out.same, &out.refused};
    ++*counts[static_cast<std::size_t>(result.state)];
  }
  return out;
}

Result<LineState> Slips::take(Session& session, PlaceId place, const By& by, const Line& line,
                              std::string& field) const {
  const auto refuse = [&](std::string where, std::string code) {
    field = std::move(where);
    Error error(kInvalid);
    error.code = std::move(code);
    return error;
  };
  const auto number = parse_slip_number(line.number);
  if (const auto* fault = std::get_if<SlipFault>(&number))
    return refuse("number", *fault == SlipFault::kMistyped ? "mistyped" : line.number.empty() ? "required" : "format");
  const std::int64_t slip = std::get<std::int64_t>(number);
  const auto sheet = storage::sheet_with(session, place, slip);
  if (!sheet) return refuse("number", "unknown");
  Fields fields = read(line, line.day.value_or(Date{sheet->day}));
  if (fields.code) return refuse(fields.field.c_str(), fields.code);
  gates::Written& written = fields.written;
  written.place = place;
  written.guard = by.guard;
  const auto spot = places_.spot(place);
  const bool road = spot && spot->kind->kind == checkpoints::kKind;
  if (road && !line.direction) return refuse("direction", "required");
  if (road && !line.decision) return refuse("decision", "required");

  const store::Bytes content{
      vault_.blind("cards.slip", to_text(place) + ' ' + std::to_string(slip) + '\n' + content_of(written, line, road))};
  const auto before = storage::slip(session, place, slip);
  if (before) {
    if (before->content == content) return LineState::kSame;
    if (!line.again.value_or(false)) return refuse("number", "repeated");
  }
  const auto refuse_for = [&](const Error& error) {
    return refuse(field_of(error), error.fields.empty() ? error.code : error.fields.front().code);
  };
  gates::EntryId entry;  // of a checkpoint: the passage
  if (road) {
    const auto passage = checkpoints_.write_down(session, passage_of(written, line, by.name));
    if (!passage) return refuse_for(passage.error());
    entry.value = passage->value;
  } else {
    const auto made = gates_.write_down(session, written);
    if (!made) return refuse_for(made.error());
    entry = *made;
  }
  if (before) {
    if (road) {
      checkpoints::Checkpoints::strike(session, checkpoints::PassageId{before->entry.value});
    } else {
      gates::Gates::strike(session, place, before->entry);
    }
    storage::remove_slip(session, place, slip);
  }
  storage::insert(session, storage::SlipRow{place, slip, entry, content, db_.clock().now(), by.account});
  return before ? LineState::kChanged : LineState::kTaken;
}

store::Recurring Slips::retention() const {
  return {"cards.slips_retention", kRetentionEvery, [this](Session& s) {
            const Instant now = db_.clock().now(), before = now - kKept;
            // A sheet is needed as long as its slips may arrive, which may be of a day after it was made.
            const std::int64_t sheets = storage::remove_sheets(s, before - kAhead - visits::kLatest);
            const std::int64_t slips = storage::remove_slips(s, before);
            if (sheets + slips > 0)
              storage::insert(s, storage::Proof{db_.ids().next(), now, "slips: 28 days", before, 0, sheets, slips});
          }};
}

}  // namespace luytre::cards
