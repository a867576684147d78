// Windows: what happens by itself when a form with a rhythm is due (rules.h).
//
// Who began to send such a form, where it is switched on at home, gets one message for each window in which nothing has
// come by half of its time: one for an account, at its keeper's phone and in the language chosen there, however many
// people it declares for, and none after they asked for none. The message says neither what is to be done nor by whom.
// Where the rule set says who is told of a missed window, and nothing came until its end and the grace,
// `declaration.missed` is published once for that silence: not again before something came. Windows of before yesterday
// are not looked at any more. What is kept of all this goes with kKept. Whom an order asks (Declarations::set_ordered)
// is reminded in the windows that are the order's, too, and is missed by the room of orders alone.
//
// Publishes declaration.missed (subject: MissedId; unit: that of residence). Declarations::missed() says what it was
// about, as long as nothing came.

#pragma once

#include "modules/declarations/declarations.h"
#include "platform/notify/notify.h"
#include "platform/notify/texts.h"

namespace luytre::declarations {

struct Reminding {
  bool on = true;  // messages when something is due
};
BOOST_DESCRIBE_STRUCT(Reminding, (), (on))

struct Reading {
  Text<16> language;  // its code in data/languages.json
};
BOOST_DESCRIBE_STRUCT(Reading, (), (language))

// In which language to send the message of that key to an account: the one chosen in its app, English where the message
// is not translated into that (as forms are read), Vietnamese where none was chosen. Within another's transaction.
std::string message_language(store::Session& session, const notify::Texts& texts, std::string_view key,
                             AccountId account);

class Windows {
 public:
  struct Parts {
    store::Database& db;
    const Declarations& declarations;
    const people::People& people;
    const command::Decisions& decisions;
    notify::Notify& notify;
    const notify::Texts& texts;
    bool study = false;
  };
  explicit Windows(const Parts& parts) : parts_(parts) {}

  store::Recurring watch() const;
  store::Recurring retention() const;

  // Of the caller's account. Errors: unauthenticated.
  Task<Result<Reminding>> reminding(const Caller& caller) const;
  Task<Result<Reminding>> remind(const Caller& caller, Reminding wanted) const;
  // What the caller's account is written to in from now on. Errors: unauthenticated, invalid (no such language).
  Task<Result<Reading>> read_in(const Caller& caller, Reading wanted) const;

 private:
  struct Window;
  void look(store::Session& session) const;
  void send_reminders(store::Session& session, const Window& window) const;
  std::optional<people::Contact> keeper_of(store::Session& session, AccountId account) const;
  void tell_missed(store::Session& session, const Window& window) const;
  bool asked(store::Session& session, const Window& window, PersonId person) const;
  bool on(const Window& window, std::optional<UnitId> home, Instant at) const;

  const Parts parts_;
};

void routes(http::Router& router, Windows& windows);

}  // namespace luytre::declarations
