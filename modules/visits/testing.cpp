#include "modules/visits/testing.h"

#include <stdexcept>

namespace luytre::visits::testing {
namespace {

constexpr const char* kPlacePhone = "+84912000001";

std::filesystem::path data() {
  return std::filesystem::path(__FILE__).parent_path().parent_path().parent_path() / "data";
}

std::vector<std::vector<store::Migration>> all_rooms(std::vector<std::vector<store::Migration>> more) {
  auto rooms = identity::testing::House::rooms();
  for (const auto& room : {command::migrations(), people::migrations(), places::migrations(), migrations()})
    rooms.push_back(room);
  for (auto& room : more) rooms.push_back(std::move(room));
  return rooms;
}

Settings with_doubts(Settings settings, const Doubtful& doubtful) {
  settings.doubtful = &doubtful;
  return settings;
}

template <class T>
T must(Result<T> result) {
  if (!result) throw std::runtime_error("refused: " + result.error().code);
  return std::move(*result);
}

}  // namespace

const geography::Geography& geography() {
  static const geography::Geography all(data() / "geography");
  return all;
}

const places::Kinds& kinds() {
  static const places::Kinds all(data() / "place-kinds.json");
  return all;
}

World::World(store::Engine engine, std::vector<std::vector<store::Migration>> more_rooms, Settings settings)
    : db(engine, all_rooms(std::move(more_rooms)), clock),
      house(*db, geography(), clock),
      decisions(*db, geography(), house->access),
      people(*db, geography(), house->access, house->accounts, vault, clock),
      registry(*db, geography(), house->access, decisions, house->codes, house->limits, vault, clock, random, kinds(),
               {}),
      doubtful(read_doubt_rule(data() / "visit-doubts.json"), geography(), registry),
      visits(*db, people, registry, decisions, clock, with_doubts(settings, doubtful)) {
  house->access.set_household(&people::People::is_member);
  house->access.set_household_people(&people::People::household_people);
  registry.start();
}

void World::switch_on() {
  command::NewDecision decision;
  decision.purpose = command::Switch::kCheckIn;
  decision.disease = std::string("covid-19");
  decision.from = clock.now() - kLatest;
  decision.until = clock.now() + std::chrono::hours(30 * 24);
  decision.basis = std::string("Test decision");
  must(run(decisions.decide(identity::testing::officer(Role::kCommander), std::move(decision))));
}

PersonId World::person(const Caller& caller, people::Relation relation) {
  people::NewPerson person;
  person.name = std::string("Nguyễn Văn An");
  person.birth_year = relation == people::Relation::kChild ? 2015 : 1980;
  person.unit = kHaiLang;
  person.relation = relation;
  return must(run(people.create(caller, std::move(person)))).id;
}

std::vector<PlaceId> World::places(const std::vector<std::pair<std::string, std::string>>& names_and_kinds) {
  std::vector<places::Places::Imported> file;
  for (const auto& [name, kind] : names_and_kinds) file.push_back({"test", name, name, kind, kHaiLang, {}});
  const auto made = db->transact_now([&](store::Session& s) { return registry.import_places(s, file); });
  registry.start();
  std::vector<PlaceId> out;
  for (const auto& place : made) out.push_back(place.value().id);
  return out;
}

PlaceId World::registered(const Caller& keeper, const std::string& name, const std::string& kind) {
  places::Registration asked;
  asked.name = name;
  asked.kind = kind;
  asked.unit = kHaiLang;
  asked.address = std::string("Thôn 1");
  asked.phone = std::string(kPlacePhone);
  const auto pending = must(run(registry.start_registration(keeper, std::move(asked), "vi")));
  const auto made = must(run(registry.confirm_registration(keeper, pending.id, house.last_code(kPlacePhone))));
  return must(run(registry.approve(station, made.id))).id;
}

void World::rename(PlaceId place, const std::string& name) {
  places::PlaceEdit edit;
  edit.name = name;
  edited(place, std::move(edit));
}

std::vector<ZoneId> World::zones(PlaceId place, const std::vector<std::string>& names, bool entrances) {
  std::vector<ZoneId> out;
  for (const auto& name : names)
    out.push_back(must(run(registry.add_zone(station, place, {name, entrances}))).zones.back().id);
  return out;
}

places::Place World::edited(PlaceId place, places::PlaceEdit edit) {
  const auto version = must(run(registry.find(station, place))).version;
  return must(run(registry.edit(station, place, std::move(edit), version)));
}

void World::close(PlaceId place) {
  places::PlaceEdit edit;
  edit.closed = true;
  edited(place, std::move(edit));
}

void World::renew_codes(PlaceId place) {
  places::PlaceEdit edit;
  edit.new_codes = true;
  edited(place, std::move(edit));
}

}  // namespace luytre::visits::testing
