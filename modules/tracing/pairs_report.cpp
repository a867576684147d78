#include "modules/tracing/pairs_report.h"

#include <algorithm>
#include <map>
#include <utility>

#include "modules/tracing/report_text.h"

namespace luytre::tracing {

namespace {

constexpr std::size_t kNumberWidth = 8;

std::string hours(std::int64_t seconds) {
  const std::int64_t tenths = (seconds + 180) / 360;
  return std::to_string(tenths / 10) + '.' + std::to_string(tenths % 10);
}

void print_places(std::ostream& out, const PairsReport& report) {
  std::size_t place = 5, kind = 4;
  for (const BusyPlace& one : report.places) {
    place = std::max(place, one.place.size());
    kind = std::max(kind, one.kind.size());
  }
  write_cell(out, "PLACE", place);
  write_cell(out, "KIND", kind);
  write_cell(out, "MEETINGS", kNumberWidth);
  out << "VISITS\n";
  for (const BusyPlace& one : report.places) {
    write_cell(out, one.place, place);
    write_cell(out, one.kind, kind);
    write_cell(out, std::to_string(one.links), kNumberWidth);
    out << one.visits << '\n';
  }
}

void print_kinds(std::ostream& out, const PairsReport& report) {
  std::size_t where = 5;
  for (const Meetings& m : report.meetings) where = std::max(where, m.where.size());
  write_cell(out, "WHERE", where);
  write_cell(out, "MEETINGS", kNumberWidth);
  out << "HOURS\n";
  for (const Meetings& m : report.meetings) {
    write_cell(out, m.where, where);
    write_cell(out, std::to_string(m.links), kNumberWidth);
    out << hours(m.seconds) << '\n';
  }
}

// A matrix of meetings for each of the places where there are any.
void print_ages(std::ostream& out, const PairsReport& report) {
  std::vector<std::string> wheres;
  std::map<std::string, std::map<std::pair<std::string, std::string>, std::int64_t>> links;
  for (const Meetings& m : report.meetings) {
    if (!links.contains(m.where)) wheres.push_back(m.where);
    links[m.where][{m.group.value_or(""), m.other.value_or("")}] = m.links;
  }
  for (const std::string& where : wheres) {
    write_cell(out, where, kNumberWidth + 2);
    for (const std::string& group : report.groups) write_cell(out, group, kNumberWidth);
    out << '\n';
    for (const std::string& group : report.groups) {
      write_cell(out, group, kNumberWidth + 2);
      for (const std::string& other : report.groups) {
        const auto found = links[where].find({group, other});
        write_cell(out, std::to_string(found == links[where].end() ? 0 : found->second), kNumberWidth);
      }
      out << '\n';
    }
    out << '\n';
  }
}

}  // namespace

void print_table(std::ostream& out, const PairsReport& report) {
  out << "Meetings of at least " << report.min_overlap.count() << " s on " << report.day << " (UTC), by " << report.by
      << "\n\n";
  if (report.by == "place") return print_places(out, report);
  if (report.by == "kind") return print_kinds(out, report);
  print_ages(out, report);
}

void print_json(std::ostream& out, const PairsReport& report) {
  out << "{\"day\":" << json_string(report.day) << ",\"by\":" << json_string(report.by)
      << ",\"minOverlapSeconds\":" << report.min_overlap.count();
  bool first = true;
  const auto next = [&] { out << (std::exchange(first, false) ? "\n" : ",\n"); };
  if (report.by == "place") {
    out << ",\"places\":[";
    for (const BusyPlace& one : report.places) {
      next();
      out << "{\"place\":" << json_string(one.place) << ",\"kind\":" << json_string(one.kind)
          << ",\"links\":" << one.links << ",\"visits\":" << one.visits << '}';
    }
  } else {
    if (report.by == "age") out << ",\"groups\":" << json::text(report.groups);
    out << ",\"meetings\":[";
    for (const Meetings& m : report.meetings) {
      next();
      out << "{\"where\":" << json_string(m.where);
      if (m.group && m.other) out << ",\"group\":" << json_string(*m.group) << ",\"other\":" << json_string(*m.other);
      out << ",\"links\":" << m.links << ",\"seconds\":" << m.seconds << '}';
    }
  }
  out << "]}\n";
}

void print_csv(std::ostream& out, const PairsReport& report) {
  if (report.by == "place") {
    out << "place,kind,links,visits\n";
    for (const BusyPlace& one : report.places)
      out << field(one.place) << ',' << field(one.kind) << ',' << one.links << ',' << one.visits << '\n';
    return;
  }
  const bool by_age = report.by == "age";
  out << (by_age ? "where,group,other,links,seconds\n" : "where,links,seconds\n");
  for (const Meetings& m : report.meetings) {
    out << field(m.where) << ',';
    if (by_age) out << field(m.group.value_or("")) << ',' << field(m.other.value_or("")) << ',';
    out << m.links << ',' << m.seconds << '\n';
  }
}

}  // namespace luytre::tracing
