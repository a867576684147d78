// What identity's own tests share: a house over each database, browsers that keep cookies, and the real administrative
// units.

#pragma once

#include <gmock/gmock.h>

#include "platform/base/phone.h"
#include "platform/base/run.h"
#include "platform/geography/geography.h"
#include "platform/identity/testing.h"
#include "platform/store/testing.h"

namespace luytre::identity {

inline const geography::Geography& units() {
  static const geography::Geography all(std::filesystem::path(LUYTRE_SOURCE_DIR) / "data" / "geography");
  return all;
}

// A browser: one cookie jar.
struct Browser {
  std::string address = "203.0.113.7";
  std::optional<std::string> device;
  std::string session;

  Client client() const {
    Client out;
    out.address = address;
    out.device = device;
    out.label = "Chrome, Android";
    return out;
  }
};

inline constexpr const char* kAn = "+84912345678";
inline constexpr const char* kBinh = "+84987654321";
inline constexpr const char* kPassword = "cây tre trăm đốt";  // of officers

inline const UnitId kQuangTri{2025100044}, kInDaNang{2025320242};

class IdentityTest : public ::testing::TestWithParam<store::Engine> {
 protected:
  IdentityTest()
      : clock_(Instant{1'700'000'000}),
        database_(GetParam(), testing::House::rooms(), clock_),
        house_(*database_, units(), clock_) {}

  Identity& identity() { return *house_; }

  Result<CodeAnswer> ask(Browser& browser, const std::string& phone) {
    auto answer = run(identity().sign_in.ask_code({phone}, browser.client()));
    if (answer) browser.device = answer->device_token;
    return answer;
  }

  Result<Entered> keep(Browser& browser, Result<Entered> entered) {
    if (!entered) return entered;
    browser.session = entered->session_token;
    if (entered->device_token) browser.device = entered->device_token;
    return entered;
  }

  Result<Entered> show(Browser& browser, const std::string& phone, const std::string& code) {
    return keep(browser, run(identity().sign_in.sign_in({phone, code}, browser.client())));
  }

  // Asks and shows. A minute passes, so that the next code may be asked for.
  Result<Entered> sign_in(Browser& browser, const std::string& phone) {
    auto asked = ask(browser, phone);
    if (!asked) return asked.error();
    auto entered = show(browser, phone, house_.last_code(normalise_phone(phone).value_or(phone)));
    clock_.advance(std::chrono::minutes(12));
    return entered;
  }

  Caller caller(const Browser& browser) { return house_.caller(browser.session); }

  Result<Entered> prove(Browser& browser, SecondProof proof) {
    return keep(browser, run(identity().sign_in.second_proof(caller(browser), std::move(proof), browser.client())));
  }

  Result<Done> set_pin(const Browser& browser, const std::string& pin,
                       std::optional<std::string> current = std::nullopt) {
    SetPin request;
    request.pin = pin;
    if (current) request.current = *current;
    return run(identity().sign_in.set_pin(caller(browser), request));
  }

  template <class T>
  T value(const store::Query& query) {
    return database_->read_now([&](store::Session& s) { return s.value<T>(query); });
  }

  void sql(const std::string& statement) {
    const store::Query query{statement.c_str(), statement.c_str()};  // named by itself: statements are kept by name
    database_->transact_now([&](store::Session& s) { s.run(query); });
  }

  ManualClock clock_;
  store::testing::TestDatabase database_;
  testing::House house_;
};

// EXPECT_EQ(code_of(result), "code_wrong"); "ok" when there is no error.
template <class T>
std::string code_of(const Result<T>& result) {
  return result ? "ok" : result.error().code;
}

inline SecondProof by_pin(const std::string& pin) {
  SecondProof out;
  out.pin = pin;
  return out;
}

inline SecondProof by_paper(const std::string& number, Date born) {
  SecondProof out;
  out.paper_number = number;
  out.birth_date = born;
  return out;
}

inline SecondProof by_word(const std::string& word) {
  SecondProof out;
  out.word = word;
  return out;
}

}  // namespace luytre::identity
