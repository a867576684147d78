#include "modules/declarations/reproduce.h"

#include <algorithm>

#include "modules/declarations/impl.h"

namespace luytre::declarations {
namespace {

constexpr store::Query kSee{"declarations.see_rule_set", R"sql(
  INSERT INTO declarations_rule_set (id, digest, first_seen)
  VALUES ($1, $2, $3)
  ON CONFLICT (id) DO NOTHING)sql"};

constexpr store::Query kSeen{"declarations.seen_rule_sets", R"sql(
  SELECT id, digest, first_seen
  FROM declarations_rule_set
  ORDER BY id)sql"};

struct SeenRow {
  std::string id;
  std::string digest;
  Instant first_seen;
};
BOOST_DESCRIBE_STRUCT(SeenRow, (), (id, digest, first_seen))

std::string id_of(const Document& document) {
  return document.version.empty() ? document.id : document.id + '|' + document.version;
}

bool same_reasons(const std::vector<ReasonView>& one, const std::vector<ReasonView>& other) {
  return std::equal(one.begin(), one.end(), other.begin(), other.end(),
                    [](const auto& a, const auto& b) { return a.code == b.code && a.questions == b.questions; });
}

bool same_tell(const std::optional<forms::Tell>& one, const std::optional<forms::Tell>& other) {
  if (!one || !other) return one.has_value() == other.has_value();
  return one->stations == other->stations && one->within_minutes == other->within_minutes;
}

}  // namespace

void keep_to_what_was(store::Session& session, const Catalogue& catalogue, Instant now) {
  for (const Document& document : catalogue.documents()) session.run(kSee, id_of(document), document.digest, now);
  const auto seen = session.all<SeenRow>(kSeen);
  for (const Document& document : catalogue.documents()) {
    const std::string id = id_of(document);
    const auto found = std::find_if(seen.begin(), seen.end(), [&](const SeenRow& row) { return row.id == id; });
    if (found == seen.end() || found->digest == document.digest) continue;
    throw store::StartError((document.version.empty() ? "the rule set " : "the form ") + id +
                            " is not what it was when this database first judged by it, on " +
                            to_text(local_date(found->first_seen)) +
                            ". What was declared by it could not be judged again. Put its file in data/ back as it "
                            "was; what shall change goes into a new file with a new " +
                            (document.version.empty() ? "id" : "version") +
                            " and a day from which it is valid, and only the end of the old one may be set.");
  }
}

JudgedAgain Declarations::Impl::judged_again(const storage::DeclarationRow& row) const {
  JudgedAgain out;
  out.rule_set = row.rule_set;
  const Content kept = unseal(row);
  const auto differs = [&](Differing what) { out.differs.push_back(what); };
  const DatedForm* dated = catalogue.find(row.form, row.form_version);
  const forms::RuleSet* rules = nullptr;
  for (std::size_t i = 0; dated && i < dated->rule_sets.size(); ++i)
    if (dated->rule_sets[i].id == row.rule_set) rules = &dated->rule_sets[i];
  if (!rules) {
    differs(Differing::kRuleSet);
    return out;
  }
  const auto response = forms::read_kept(dated->form, kept.response);
  if (!response) {
    differs(Differing::kAnswers);
    return out;
  }
  const forms::Outcome outcome = forms::decide(*rules, response->answers);
  const Verdict now = verdict_of(outcome);
  if (vault.blind(kInputs, to_text(row.id) + '\n' + outcome.inputs) != row.inputs.data) differs(Differing::kAnswers);
  if (now.colour != row.colour || now.colour != kept.result.colour) differs(Differing::kColour);
  if (!same_reasons(now.reasons, kept.result.reasons)) differs(Differing::kReasons);
  if (now.next_step.code != kept.result.next_step.code) differs(Differing::kNextStep);
  if (!same_tell(now.tell, kept.result.tell)) differs(Differing::kTell);
  if (row.at + outcome.valid_for != row.valid_until) differs(Differing::kValidUntil);
  out.same = out.differs.empty();
  return out;
}

void Declarations::start() {
  impl_->db.transact_now(
      [impl = impl_.get()](store::Session& s) { keep_to_what_was(s, impl->catalogue, impl->db.clock().now()); });
}

Task<Result<JudgedAgain>> Declarations::again(const Caller& caller, DeclarationId id) const {
  return impl_->db.transact([impl = impl_.get(), caller, id](store::Session& s) -> Result<JudgedAgain> {
    const auto row = storage::find(s, id);
    if (!row) return kNotFound;
    const identity::Subject subject{row->person, impl->unit_for(s, caller, *row),
                                    identity::note(identity::LogNote::kJudgedAgain, to_text(id))};
    if (auto allowed = impl->access.require(s, caller, kRead, subject); !allowed) return allowed.error();
    return impl->judged_again(*row);
  });
}

}  // namespace luytre::declarations
