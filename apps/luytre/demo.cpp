// The demonstration: an invented week in a real province (data/demo/world.json), made through the same services that
// people use, and the story of an outbreak in one of its communes (demo_story.h).

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <iostream>
#include <map>

#include "apps/luytre/commands.h"
#include "apps/luytre/demo_parts.h"
#include "apps/luytre/demo_story.h"
#include "apps/luytre/run_house.h"
#include "platform/base/log.h"
#include "platform/base/run.h"

namespace luytre::app {
namespace {

struct WorldDecision {
  command::Switch purpose = command::Switch::kCheckIn;
  std::string disease;
  std::int64_t days = 0;
  std::string basis;
};
BOOST_DESCRIBE_STRUCT(WorldDecision, (), (purpose, disease, days, basis))

struct WorldPlace {
  std::string key, name, kind, unit, address;
  std::vector<std::string> zones;
  std::int64_t capacity = 0;
};
BOOST_DESCRIBE_STRUCT(WorldPlace, (), (key, name, kind, unit, address, zones, capacity))

struct WorldChild {
  std::string key, name;
  std::int64_t birth_year = 0;
  people::Sex sex = people::Sex::kOther;
  people::Relation relation = people::Relation::kChild;
};
BOOST_DESCRIBE_STRUCT(WorldChild, (), (key, name, birth_year, sex, relation))

struct WorldPerson {
  std::string key, name;
  std::int64_t birth_year = 0;
  people::Sex sex = people::Sex::kOther;
  std::string unit, address;
  std::optional<std::string> phone;
  std::vector<WorldChild> household;
};
BOOST_DESCRIBE_STRUCT(WorldPerson, (), (key, name, birth_year, sex, unit, address, phone, household))

struct WorldVisit {
  std::string person, place;
  std::int64_t days_ago = 0;
  std::string at;  // "07:30", local
  std::optional<std::int64_t> minutes;
  std::optional<std::string> zone;
};
BOOST_DESCRIBE_STRUCT(WorldVisit, (), (person, place, days_ago, at, minutes, zone))

struct WorldSuspect {
  std::string person, disease;
  std::int64_t onset_days_ago = 0;
};
BOOST_DESCRIBE_STRUCT(WorldSuspect, (), (person, disease, onset_days_ago))

struct World {
  std::string about;
  Date units_at;
  std::string province;
  std::vector<WorldDecision> decisions;
  std::vector<DemoOfficer> officers;
  std::vector<WorldPlace> places;
  std::vector<WorldPerson> people;
  std::vector<WorldVisit> visits;
  std::vector<WorldSuspect> suspects;
};
BOOST_DESCRIBE_STRUCT(World, (), (about, units_at, province, decisions, officers, places, people, visits, suspects))

struct OfficerAccount {
  std::string username, name, role, password;
};
BOOST_DESCRIBE_STRUCT(OfficerAccount, (), (username, name, role, password))

struct CitizenAccount {
  std::string name, phone, pin;
};
BOOST_DESCRIBE_STRUCT(CitizenAccount, (), (name, phone, pin))

struct Accounts {
  std::vector<OfficerAccount> officers;
  std::vector<CitizenAccount> citizens;
  std::optional<std::vector<std::string>> look;  // what the story has to look at
};
BOOST_DESCRIBE_STRUCT(Accounts, (), (officers, citizens, look))

constexpr const char* kSource = "demo";
constexpr std::size_t kCitizensShown = 3;

class Loader {
 public:
  explicit Loader(House& house)
      : house_(house), world_(read_json<World>(house.settings.assets / "data/demo/world.json")) {}

  Accounts load(bool plain) {
    load_officers(world_.officers);
    load_decisions();
    load_places();
    load_people();
    load_visits();
    load_suspects();
    if (!plain) load_story();
    return std::move(accounts_);
  }

 private:
  UnitId unit(const std::string& code) const {
    for (const auto level : {geography::Level::kProvince, geography::Level::kCommune})
      if (const auto* found = house_.geography.find(level, code, world_.units_at)) return found->id;
    throw std::runtime_error("the demonstration names a unit that is not in data/geography: " + code);
  }

  std::string draw(std::size_t length, std::string_view alphabet) {
    std::string out;
    for (std::size_t i = 0; i < length; ++i)
      out += alphabet[house_.random.below(static_cast<std::uint32_t>(alphabet.size()))];
    return out;
  }

  void load_officers(const std::vector<DemoOfficer>& officers) {
    for (const auto& o : officers) {
      identity::NewOfficer request;
      request.username = o.username;
      request.name = o.name;
      for (const auto& code : o.units) request.grants.push_back({o.role, unit(code)});
      if (o.units.empty()) request.grants.push_back({o.role, UnitId{}});
      const std::string password = draw(14, "abcdefghjkmnpqrstuvwxyz23456789");
      must(house_.identity.officers.create_now(request, password), o.username);
      accounts_.officers.push_back({o.username, o.name, json::enum_text(o.role), password});
    }
  }

  Caller officer(Role role) const {
    for (const auto& o : world_.officers)
      if (o.role == role) return must(house_.identity.officers.caller_now(o.username), o.username);
    throw std::runtime_error("the demonstration has no " + json::enum_text(role));
  }

  void load_decisions() {
    const Instant now = house_.clock.now();
    const Caller commander = officer(Role::kCommander);
    for (const auto& d : world_.decisions) {
      command::NewDecision request;
      request.purpose = d.purpose;
      request.disease = d.disease;
      request.unit = unit(world_.province);
      request.from = now - std::chrono::hours(24 * 10);
      request.until = now + std::chrono::hours(24 * d.days);
      request.basis = d.basis;
      must(run(house_.decisions.decide(commander, request)), "a decision");
    }
    house_.decisions.refresh();
  }

  void load_places() {
    std::vector<places::Places::Imported> rows;
    for (const auto& p : world_.places) rows.push_back({kSource, p.key, p.name, p.kind, unit(p.unit), p.zones});
    const auto ids = house_.db.transact_now([&](store::Session& s) { return house_.places.import_places(s, rows); });
    for (std::size_t i = 0; i < ids.size(); ++i) {
      if (!ids[i])
        throw std::runtime_error("the demonstration names a place kind that is not in data/place-kinds.json: " +
                                 rows[i].kind);
      places_[world_.places[i].key] = *ids[i];
    }
    house_.places.start();
  }

  void load_people() {
    for (const auto& p : world_.people) {
      people::NewPerson self;
      self.name = p.name;
      self.birth_year = p.birth_year;
      self.sex = p.sex;
      self.unit = unit(p.unit);
      self.address = p.address;
      if (!p.phone) {
        // Nobody's account: the station registers them and their children.
        const Caller registrar = officer(Role::kProvinceOfficer);
        people_[p.key] = must(run(house_.people.register_person(registrar, self)), p.key).id;
        for (const auto& c : p.household)
          people_[c.key] = must(run(house_.people.register_person(registrar, child_of(c, self.unit))), c.key).id;
      } else {
        load_household(p, self);
      }
    }
  }

  static people::NewPerson child_of(const WorldChild& c, UnitId unit) {
    people::NewPerson child;
    child.name = c.name;
    child.birth_year = c.birth_year;
    child.sex = c.sex;
    child.unit = unit;
    return child;
  }

  void load_household(const WorldPerson& p, people::NewPerson self) {
    Caller caller;
    caller.account = house_.db.ids().make<AccountId>();
    caller.grants.push_back({Role::kCitizen, UnitId{}});
    const std::string pin = draw(6, "0123456789");
    const std::string hash = house_.identity.hasher.hash_now(pin, identity::SignInSettings{}.pin);
    house_.db.transact_now([&](store::Session& s) {
      house_.identity.accounts.create(s, caller.account, *p.phone);
      house_.identity.accounts.set_pin_hash(s, caller.account, hash);
    });
    self.relation = people::Relation::kSelf;
    people_[p.key] = must(run(house_.people.create(caller, self)), p.key).id;
    for (const auto& c : p.household) {
      people::NewPerson child = child_of(c, self.unit);
      child.relation = c.relation;
      people_[c.key] = must(run(house_.people.create(caller, child)), c.key).id;
    }
    if (accounts_.citizens.size() < kCitizensShown) accounts_.citizens.push_back({p.name, *p.phone, pin});
  }

  Instant when(std::int64_t days_ago, const std::string& at) const {
    const Date day{local_date(house_.clock.now()).days - days_ago};
    const int minutes = std::stoi(at.substr(0, 2)) * 60 + std::stoi(at.substr(3, 2));
    return local_midnight(day) + std::chrono::minutes(minutes);
  }

  void load_visits() {
    std::vector<visits::ImportedVisit> rows;
    for (std::size_t i = 0; i < world_.visits.size(); ++i) {
      const auto& v = world_.visits[i];
      visits::ImportedVisit row;
      row.source = kSource;
      row.external = std::to_string(i);
      row.person = people_.at(v.person);
      row.place = places_.at(v.place).id;
      if (v.zone) row.zone = zone(v.place, *v.zone);
      row.in = when(v.days_ago, v.at);
      if (v.minutes) row.out = row.in + std::chrono::minutes(*v.minutes);
      rows.push_back(row);
    }
    const auto done = house_.db.transact_now([&](store::Session& s) { return house_.visits.import_visits(s, rows); });
    if (!done.rejected.empty())
      throw std::runtime_error("a visit of the demonstration was refused: " + done.rejected.front().error.code);
  }

  std::optional<ZoneId> zone(const std::string& place, const std::string& name) const {
    for (const auto& p : world_.places) {
      if (p.key != place) continue;
      const auto found = std::find(p.zones.begin(), p.zones.end(), name);
      if (found != p.zones.end()) return places_.at(place).zones[static_cast<std::size_t>(found - p.zones.begin())];
    }
    throw std::runtime_error("the demonstration names a zone that its place has not: " + name);
  }

  void load_suspects() {
    for (const auto& suspect : world_.suspects) {
      cases::NewCase request;
      request.person = people_.at(suspect.person);
      request.disease = suspect.disease;
      request.onset = Date{local_date(house_.clock.now()).days - suspect.onset_days_ago};
      must(run(house_.cases.report(officer(Role::kProvinceOfficer), request)), "a suspected case");
    }
  }

  void load_story() {
    const auto story = read_json<Story>(house_.settings.assets / "data/demo/story.json");
    load_officers(story.officers);
    tell(house_, story, people_, [this](const std::string& code) { return unit(code); });
    accounts_.look = story.look;
  }

  House& house_;
  World world_;
  Accounts accounts_;
  std::map<std::string, places::Places::ImportedPlace> places_;
  std::map<std::string, PersonId> people_;
};

void write_private(const std::filesystem::path& file, const std::string& text) {
  const int descriptor = ::open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, S_IRUSR | S_IWUSR);
  const bool written =
      descriptor >= 0 && ::write(descriptor, text.data(), text.size()) == static_cast<ssize_t>(text.size());
  if (descriptor >= 0) ::close(descriptor);
  if (!written) throw std::runtime_error("cannot write " + file.string());
}

void banner(const Settings& settings, const Accounts& accounts) {
  std::cout << "\n  Lũy Tre, the demonstration: Quảng Trị, invented people, an invented week.\n\n"
            << "  Citizens   " << settings.public_url << "/\n"
            << "             sign in with any phone number, e.g. 0912345678; the code appears here, in this window.\n"
            << "             With a history: ";
  for (const auto& c : accounts.citizens) std::cout << c.phone << " (PIN " << c.pin << ")  ";
  std::cout << "\n  Officers   " << settings.public_url << "/console/\n";
  for (const auto& o : accounts.officers)
    std::cout << "             " << o.username << "  " << o.password << "   " << o.name << " (" << o.role << ")\n";
  if (accounts.look)
    for (const auto& line : *accounts.look)
      std::cout << (&line == accounts.look->data() ? "  To look at " : "             ") << line << '\n';
  std::cout << "  API        " << settings.public_url << "/api/\n\n"
            << "  Stop with Ctrl+C. Begin anew by deleting " << settings.data.string() << ".\n"
            << std::endl;
}

}  // namespace

int demo(const Demo& options) {
  block_stop_signals();
  Settings settings = read_settings(options.serve.common, &options.serve);
  if (!settings.loopback()) {
    std::cerr << "luytre: the demonstration serves this machine only; use --listen 127.0.0.1:PORT\n";
    return 2;
  }
  settings.totp_required = false;
  log::set_level(options.quiet ? "warn" : settings.log_level);
  const auto file = settings.data / "demo-accounts.json";
  const bool loaded = std::filesystem::exists(file);
  House house(settings);
  if (!loaded && !house.identity.officers.all_now().empty()) {
    std::cerr << "luytre: " << settings.data.string()
              << " holds other data; the demonstration needs a directory of its own (--data DIR)\n";
    return 1;
  }
  Accounts accounts;
  if (loaded) {
    accounts = read_json<Accounts>(file);
  } else {
    std::cout << "loading the demonstration province…" << std::endl;
    accounts = Loader(house).load(options.plain);
    write_private(file, json::text(accounts));
  }
  run_house(house, [&](std::uint16_t) {
    if (!options.quiet) banner(settings, accounts);
  });
  return 0;
}

}  // namespace luytre::app
