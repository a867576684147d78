// Who may have infected whom, to be drawn: the cases of an outbreak, or one case and its neighbours, with their
// contacts down to a level, what speaks for each line between two of them, and what contradicts itself. Pure.
//
// Columns instead of objects, so that kGraphMost people are some two megabytes: entry i of every column of `nodes` is
// one person, entry i of every column of `edges` one line from the earlier to the later, `from` and `to` being places
// in the columns of nodes. Where a column holds a number for a word, the word is in the list of that name; −1: nothing.
// Days are counted from `first`, minutes from its local midnight.
//
// A person is one node, however many cases it is a contact of: at the lowest level, since the earliest exposure;
// whoever is a case here is that case. Cases stand on the day by which the epidemic curve counts them (picture.h),
// contacts on the day since which they were exposed. Discarded cases are left out with their contacts.
//
// Lines: `source`, as an officer recorded it; `contact`, as a trace found it, with the strongest evidence, or none when
// that is with somebody who is not shown; `possible`, of a case whose source nobody has recorded: a person of this
// graph, or a case outside it, whom it met while it may have been infected (modules/tracing/spread.h), with the reason.
// The best kPossibleMost for each case, those first who could infect at that time.
//
// A case outside is one that the reader may see and that belongs neither to the outbreak nor to the case of this graph
// (outside.cpp says which are asked about). It is drawn for a line that leads from it, and with nothing of its own:
// kOutsideMost at most, the likeliest, and how many more were met is said. A contact who is such a case is that case,
// unless the contact has no name here: whose contact it is would be told.
//
// A contradiction is a line from a case to a case that fell ill before it, by so many days; only of two onsets.
//
// A contact of none but cases elsewhere is a node without id, name and unit; what such a case exposed somebody by is
// without place and time.

#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "modules/outbreaks/picture.h"
#include "modules/tracing/spread.h"

namespace luytre::outbreaks {

inline constexpr std::size_t kGraphMost = 20'000;  // people
inline constexpr std::size_t kPossibleMost = 5;
inline constexpr std::size_t kOutsideMost = 50;
inline constexpr std::int64_t kGraphLevels = 4;

enum class DateOf { kOnset, kSample, kReport, kExposure };
BOOST_DESCRIBE_ENUM(DateOf, kOnset, kSample, kReport, kExposure)
enum class Standing { kConfirmed, kProbable, kSuspect, kF1, kF2, kUnasked };  // unasked: a contact without a class
BOOST_DESCRIBE_ENUM(Standing, kConfirmed, kProbable, kSuspect, kF1, kF2, kUnasked)
enum class EdgeKind { kSource, kContact, kPossible };
BOOST_DESCRIBE_ENUM(EdgeKind, kSource, kContact, kPossible)
// Why this person may be the source: a case met within its infectious window; a case whose window does not say so, or
// is not known; somebody who is only a contact.
enum class Why { kInfectious, kCase, kContact };
BOOST_DESCRIBE_ENUM(Why, kInfectious, kCase, kContact)

struct GraphNodes {
  std::vector<std::string> id;     // of the case (level 0), else of the candidate; empty: not to be seen
  std::vector<std::string> label;  // the case's number, or the contact's shortened name
  std::vector<std::int64_t> level, day;
  std::vector<std::int64_t> date;  // in dates
  std::vector<std::int64_t> standing;
  std::vector<std::int64_t> unit;
};
BOOST_DESCRIBE_STRUCT(GraphNodes, (), (id, label, level, day, date, standing, unit))

struct GraphEdges {
  std::vector<std::int64_t> from, to;
  std::vector<std::int64_t> kind;            // in kinds
  std::vector<std::int64_t> by;              // in means
  std::vector<std::int64_t> estimated;       // 1: the end of the shared time is
  std::vector<std::int64_t> place;           // in places
  std::vector<std::int64_t> start, minutes;  // of the strongest shared time
  std::vector<std::int64_t> evidence;        // how many shared times there are
  std::vector<std::int64_t> why;             // in reasons
  std::vector<std::int64_t> early;           // days; 0: no contradiction
};
BOOST_DESCRIBE_STRUCT(GraphEdges, (), (from, to, kind, by, estimated, place, start, minutes, evidence, why, early))

struct Graph {
  std::optional<Date> first;  // absent: nobody
  GraphNodes nodes;
  GraphEdges edges;
  std::vector<DateOf> dates;
  std::vector<Standing> standings;
  std::vector<EdgeKind> kinds;
  std::vector<tracing::EvidenceKind> means;
  std::vector<Why> reasons;
  std::vector<std::string> units, places;
  std::int64_t levels = 0;             // asked for
  std::vector<std::int64_t> left_out;  // contacts that did not fit, of each level from 1
  std::int64_t unseen = 0;             // nodes without identity
  std::vector<std::int64_t> outside;   // which nodes are cases outside
  std::int64_t outside_left_out = 0;   // cases outside that were met and are not drawn
  bool outside_whole = true;           // false: cases of the area were too many to ask about all of them
  // Cases without a recorded source for which nobody was looked for backwards: elsewhere, where no decision switches
  // tracing on, of a disease without incubation time, or because 200 were, or the time was over.
  std::int64_t not_searched = 0;
};
BOOST_DESCRIBE_STRUCT(Graph, (),
                      (first, nodes, edges, dates, standings, kinds, means, reasons, units, places, levels, left_out,
                       unseen, outside, outside_left_out, outside_whole, not_searched))

struct GraphCase {
  Seen seen;
  PersonId person;   // as whom the record counts
  bool own = false;  // the reader may see the person
  std::optional<Interval> infectious;
};

struct GraphContact {
  tracing::Exposure exposure;
  bool own = false;  // the reader may see the case's person
  std::string name;
  std::string unit_name;
};

struct Possible {
  CaseId of;
  std::vector<tracing::Met> met;  // riskiest first
};

struct GraphParts {
  std::vector<GraphCase> cases;
  std::vector<GraphCase> outside;  // whom one of `possible` names
  std::vector<GraphContact> contacts;
  std::vector<Possible> possible;
  std::map<PlaceId, std::string> places;
};

Graph graph(const GraphParts& parts);

// "N. T. An" of "Nguyễn Thị An": enough to tell people apart who are known, in little room.
std::string short_name(std::string_view name);

}  // namespace luytre::outbreaks
