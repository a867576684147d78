// What the parts of Outbreaks share. Private to this module.

#pragma once

#include <map>
#include <span>
#include <string_view>

#include "modules/outbreaks/storage.h"

namespace luytre::outbreaks {

extern const identity::Action kRead;
extern const identity::Action kWork;
extern const identity::Action kShared;
extern const identity::Action kTakeOut;
extern const identity::Action kGraph;

// Answer of an idempotent call.
struct Opened {
  OutbreakId id;
};
BOOST_DESCRIBE_STRUCT(Opened, (), (id))

void set_counts(storage::OutbreakRow& row, std::span<const cases::OutbreakCase> all);

struct Outbreaks::Impl : Parts {
  explicit Impl(const Parts& parts) : Parts(parts) {}

  Instant now() const { return db.clock().now(); }
  Date today() const { return local_date(now()); }

  // The outbreak, if the caller's area covers the unit in charge. Errors: not_found, those of Access::require.
  Result<storage::OutbreakRow> seen(store::Session& session, const Caller& caller, const identity::Action& action,
                                    OutbreakId id) const;
  Result<storage::OutbreakRow> editable(store::Session& session, const Caller& caller, OutbreakId id,
                                        std::int64_t version) const;
  bool in_charge(store::Session& session, const Caller& caller, OutbreakId id) const;
  // By which unit the caller may see the case; nothing: not at all.
  std::optional<UnitId> seen_by(const Caller& caller, const identity::Action& action,
                                const cases::OutbreakCase& one) const;
  std::vector<cases::OutbreakCase> cases_of(store::Session& session, OutbreakId id) const;
  std::vector<Seen> seen_cases(store::Session& session, std::vector<cases::OutbreakCase> all) const;
  Outbreak view(store::Session& session, const Caller& caller, const storage::OutbreakRow& row, bool whole) const;
  Outbreak line(const Caller& caller, const storage::OutbreakRow& row,
                std::span<const storage::ChargeRow> in_charge) const;      // what the row says, as counted last
  void propose_end(const storage::OutbreakRow& row, Outbreak& out) const;  // from its last day
  OutbreakLink link(const storage::OutbreakRow& row) const { return {row.id, row.name, row.status}; }

  void record(store::Session& session, const Caller& caller, OutbreakId id, What what, std::optional<CaseId> kase = {},
              std::string_view reason = {}) const;
  Result<Outbreak> save(store::Session& session, const Caller& caller, storage::OutbreakRow& row, What what,
                        std::string_view reason) const;
  void publish(store::Session& session, const storage::OutbreakRow& row, const char* type) const;
  std::optional<Error> wrong_facts(const std::string& name, UnitId unit, const std::optional<Text<40>>& setting,
                                   const std::optional<Date>& opened_on) const;
  Result<Opened> open(store::Session& session, const Caller& caller, const NewOutbreak& request) const;
  Task<Result<Outbreak>> opened(Caller caller, Task<Result<Opened>> opening);
  std::optional<Unfit> unfit(const storage::OutbreakRow& row, const cases::OutbreakCase& one,
                             const std::optional<OutbreakId>& known) const;
  Result<Put> put(store::Session& session, const Caller& caller, OutbreakId id,
                  const std::vector<CaseId>& chosen) const;
  Result<Done> take_out(store::Session& session, const Caller& caller, OutbreakId id, CaseId kase,
                        const std::string& reason) const;

  // ---- lists.cpp ----
  void count(store::Session& session, OutbreakId id) const;
  // Into those rows that are not counted, two statements for all of them. Writes nothing.
  void count_missing(store::Session& session, std::span<storage::OutbreakRow> rows) const;
  Result<http::Page<Outbreak>> list(store::Session& session, const Caller& caller, const Filter& filter,
                                    const std::optional<std::string>& cursor, std::size_t limit) const;

  // ---- taken.cpp ----
  // The outbreak and those of its cases that the caller may see to that end, each look logged.
  struct Asked {
    storage::OutbreakRow row;
    std::vector<cases::OutbreakCase> cases;
    std::int64_t elsewhere = 0;
  };
  Result<Asked> asked(store::Session& session, const Caller& caller, OutbreakId id, const Look& look) const;
  Task<Result<Shared>> shared(Caller caller, OutbreakId id, Look look);
  tables::Sheet sheet(store::Session& session, const std::vector<cases::OutbreakCase>& all,
                      const std::vector<bool>& named) const;

  // ---- graphs.cpp ----
  // The cases of a graph, each look at one of the own area logged, and of which of them contacts are shown.
  struct Drawn {
    std::string disease;
    std::string reason;  // for the log: of what this is the graph
    std::vector<cases::OutbreakCase> cases;
    std::vector<bool> own;
    std::vector<CaseId> with_contacts;
  };
  Result<Drawn> drawn(store::Session& session, const Caller& caller, OutbreakId id) const;
  Result<Drawn> drawn(store::Session& session, const Caller& caller, CaseId id) const;
  Result<Drawn> look_at(store::Session& session, const Caller& caller, const identity::Action& action,
                        Drawn drawn) const;
  struct GraphShown {
    Graph graph;
    std::vector<identity::Access::Shown> named;  // its contacts with a name
  };
  GraphShown graph(store::Session& session, const Caller& caller, const Drawn& drawn, std::int64_t levels) const;
  std::vector<GraphCase> graph_cases(store::Session& session, const Drawn& drawn) const;
  void find_possible(store::Session& session, const Caller& caller, const Drawn& drawn, GraphParts& parts,
                     Graph& counts) const;
  Task<Result<Graph>> graph(Caller caller, Task<Result<Drawn>> asking, std::int64_t levels);
  Result<GraphMark> take_graph(store::Session& session, const Caller& caller, Drawn drawn,
                               const GraphTaken& taken) const;

  // ---- outside.cpp ----
  // Somebody of the graph who is looked for backwards.
  struct Infected {
    Date ill;
    Interval when;  // it may have been infected
  };
  struct Outside {
    std::map<PersonId, CaseId> asked;  // as whom the record counts
    bool whole = true;
  };
  // Whom to ask about beside those who are drawn: nobody is shown by that.
  Outside outside(store::Session& session, const Caller& caller, const std::string& disease, const presence::Days& days,
                  std::span<const Infected> infected, const GraphParts& parts) const;
  // Those who were met, into the parts; whoever was met by a case that cannot have it from them is taken from there.
  // `infected` belong to parts.possible.
  void take_outside(store::Session& session, const Caller& caller, const Outside& asked, const presence::Days& days,
                    std::span<const Infected> infected, GraphParts& parts) const;
  // The cases on the picture that are not drawn.cases, if the caller may see all of them. Errors: not_found.
  Result<Drawn> with_outside(store::Session& session, const Caller& caller, Drawn drawn,
                             const std::vector<CaseId>& outside) const;

  std::string seal(std::int64_t change, std::string_view reason) const;
  std::string unseal(std::int64_t change, std::string_view sealed) const;
};

}  // namespace luytre::outbreaks
