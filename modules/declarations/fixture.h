// For this module's tests: declarations on both databases, two households, their station and another one; answers.

#pragma once

#include <gtest/gtest.h>

#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "modules/command/testing.h"
#include "modules/declarations/declarations.h"
#include "platform/base/run.h"
#include "platform/identity/accounts.h"
#include "platform/store/testing.h"

namespace luytre::declarations::testing {

inline const UnitId kQuangTri{2025100044}, kDaNang{2025100048}, kHaiLang{2025319702};

inline const geography::Geography& geography() {
  static const geography::Geography all(LUYTRE_SOURCE_DIR "/data/geography");
  return all;
}

inline Vault vault() {
  std::array<unsigned char, Vault::kKeyBytes> key{};
  key.fill(7);
  return Vault(key);
}

inline json::Object answered(std::string_view link, std::string_view element, json::Value value) {
  return {{"linkId", link}, {"answer", json::Array{json::Object{{element, std::move(value)}}}}};
}

// Of the entry form, nothing to report; its gate as it is answered, and what is said of a test.
inline json::Object entry_response(json::Object gate, json::Array tested) {
  const auto coded = [](std::string_view link, const char* code) {
    return answered(link, "valueCoding", json::Object{{"code", code}});
  };
  json::Array journey{coded("subject", "vietnamese"),
                      json::Object{{"linkId", "gate"}, {"answer", json::Array{std::move(gate)}}},
                      coded("means", "car"),
                      answered("vehicle", "valueString", "74A-123.45"),
                      answered("seat", "valueString", "2"),
                      answered("departure-date", "valueDate", "2026-11-22"),
                      answered("arrival-date", "valueDate", "2026-11-23"),
                      answered("departure-country", "valueString", "Lào"),
                      answered("departure-province", "valueString", "Savannakhet"),
                      answered("arrival-place", "valueString", "Hải Lăng")};
  json::Array stay{answered("stay-unit", "valueString", "Hải Lăng"),
                   answered("stay-address", "valueString", "1 Lê Lợi"),
                   answered("contact-address", "valueString", "1 Lê Lợi"), answered("wants-sim", "valueBoolean", false),
                   coded("quarantine", "concentrated")};
  json::Array symptoms;
  for (const char* sign : {"fever", "cough", "breath", "throat", "vomiting", "diarrhoea", "bleeding", "rash"})
    symptoms.push_back(answered(sign, "valueBoolean", false));
  json::Array exposure{answered("animals", "valueBoolean", false), answered("contact-case", "valueBoolean", false)};
  json::Array health{answered("has-chronic", "valueBoolean", false), coded("pregnant", "no")};
  for (json::Value& answer : tested) health.push_back(std::move(answer));
  json::Array items;
  const auto group = [&](const char* link, json::Array in) {
    items.push_back(json::Object{{"linkId", link}, {"item", std::move(in)}});
  };
  group("journey", std::move(journey));
  group("stop", json::Array{answered("stop-country", "valueString", "Lào")});
  group("stay", std::move(stay));
  group("symptoms", std::move(symptoms));
  group("exposure", std::move(exposure));
  group("health", std::move(health));
  return {{"resourceType", "QuestionnaireResponse"}, {"status", "completed"}, {"item", std::move(items)}};
}

class Fixture : public ::testing::TestWithParam<store::Engine> {
 protected:
  explicit Fixture(std::string_view now) : clock_(*parse_instant(now)) {
    access_.set_household(&people::People::is_member);
    db_->transact_now([&](store::Session& s) {
      accounts_.create(s, mother_.account, "+84912345678");
      accounts_.create(s, neighbour_.account, "+84987654321");
    });
    an_ = born(mother_, "Nguyễn Thị An", people::Relation::kSelf);
    stranger_ = born(neighbour_, "Lê Văn Cường", people::Relation::kSelf);
  }

  static Caller caller(std::int64_t account, Role role, UnitId area) {
    Caller out;
    out.account = {account};
    out.grants = {{role, area}};
    return out;
  }

  PersonId born(const Caller& who, const std::string& name, people::Relation relation) {
    people::NewPerson person;
    person.name = name;
    person.birth_year = relation == people::Relation::kChild ? 2015 : 1990;
    person.sex = people::Sex::kOther;
    person.unit = kHaiLang;
    person.relation = relation;
    const auto made = run(people_.create(who, std::move(person)));
    if (!made) throw std::runtime_error("person refused: " + made.error().code);
    return made->id;
  }

  Instant now() const { return clock_.now(); }

  Result<Declaration> submit(const Caller& who, NewDeclaration what, const std::string& key = "") {
    if (key.empty()) return run(declarations_->submit(who, std::move(what), std::nullopt));
    const auto once = store::make_once(who.account.value, "POST /declarations", key, json::text(what));
    return run(declarations_->submit(who, std::move(what), once));
  }
  Declaration submitted(const Caller& who, NewDeclaration what) {
    auto out = submit(who, std::move(what));
    if (!out) throw std::runtime_error("refused: " + told(out.error()));
    return *out;
  }
  static std::string told(const Error& error) {
    return error.code + (error.fields.empty() ? "" : ' ' + error.fields[0].pointer + ' ' + error.fields[0].code);
  }
  std::int64_t count(const char* sql) {
    return db_->read_now([sql](store::Session& s) { return s.value<std::int64_t>(store::Query{sql, sql}); });
  }
  // Passed looks into the access log, as "action person".
  std::vector<std::string> looks() {
    return db_->read_now([this](store::Session& s) {
      std::vector<std::string> out;
      for (const auto& entry : access_.list(s, {}, std::numeric_limits<std::int64_t>::max(), 200).items)
        if (entry.passed) out.push_back(entry.action + ' ' + to_text(entry.person));
      return out;
    });
  }

  ManualClock clock_;
  store::testing::TestDatabase db_{
      GetParam(), {identity::migrations(), people::migrations(), command::migrations(), migrations()}, clock_};
  const Vault vault_ = vault();
  identity::Access access_{geography(), clock_, db_->ids(), vault_};
  identity::Accounts accounts_{vault_, clock_};
  people::People people_{*db_, geography(), access_, accounts_, vault_, clock_};
  command::Decisions decisions_{*db_, geography(), access_};
  std::unique_ptr<Declarations> declarations_ = std::make_unique<Declarations>(
      *db_, people_, decisions_, geography(), access_, vault_, Catalogue(LUYTRE_SOURCE_DIR "/data"));
  const Caller mother_ = caller(1001, Role::kCitizen, {});
  const Caller neighbour_ = caller(1002, Role::kCitizen, {});
  const Caller station_ = caller(2001, Role::kStationOfficer, kHaiLang);
  const Caller elsewhere_ = caller(2002, Role::kStationOfficer, kDaNang);
  PersonId an_, stranger_;
};

}  // namespace luytre::declarations::testing
