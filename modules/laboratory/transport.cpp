// Laboratories, what is sent to them, and what arrives there. They see barcodes, not people.

#include <algorithm>

#include "modules/laboratory/impl.h"

namespace luytre::laboratory {
namespace {

using store::Session;

// What a repeated call is answered from.
struct Made {
  BatchId batch;
};
BOOST_DESCRIBE_STRUCT(Made, (), (batch))

Task<Result<Batch>> shown(const Laboratory::Impl* impl, Task<Result<Made>> writing) {
  const auto made = co_await std::move(writing);
  if (!made) co_return made.error();
  auto reading = impl->db.read([impl, batch = made->batch](Session& s) -> Result<Batch> {
    const auto row = storage::batch(s, batch);
    if (!row) return kNotFound;
    return impl->view(s, *row);
  });
  co_return co_await std::move(reading);
}

std::optional<std::int64_t> median(std::vector<std::int64_t> seconds) {
  if (seconds.empty()) return std::nullopt;
  const auto middle = seconds.begin() + static_cast<std::ptrdiff_t>(seconds.size() / 2);
  std::nth_element(seconds.begin(), middle, seconds.end());
  std::int64_t out = *middle;
  if (seconds.size() % 2 == 0) out = (out + *std::max_element(seconds.begin(), middle)) / 2;
  return out / 60;
}

}  // namespace

Result<storage::LaboratoryRow> Laboratory::Impl::worked(Session& session, const Caller& caller, LaboratoryId id) const {
  auto row = storage::laboratory(session, id);
  const auto allowed = access.require(session, caller, kWork, {PersonId{}, row ? row->unit : UnitId{}, ""});
  if (!allowed) return allowed.error();
  if (!row) return kNotFound;
  return std::move(*row);
}

Result<storage::TubeRow> Laboratory::Impl::tube_of(Session& session, LaboratoryId laboratory, std::string_view code) {
  auto tube = storage::tube(session, code);
  if (!tube || tube->laboratory != laboratory) return kTubeUnknown;
  return std::move(*tube);
}

LaboratoryBrief Laboratory::Impl::view(const Caller& caller, const storage::LaboratoryRow& row) const {
  LaboratoryBrief out;
  out.id = row.id;
  out.unit = row.unit;
  out.unit_name = geography.path_text(row.unit);
  out.name = row.name;
  out.closed = row.closed.has_value();
  out.affirms = row.affirms.has_value();
  out.mine = geography.covers(access.areas(caller, kWork), row.unit);
  if (out.mine && row.affirms) {
    out.affirms_since = row.affirms;
    out.affirmed_by = row.affirmer;
  }
  return out;
}

Batch Laboratory::Impl::view(Session& session, const storage::BatchRow& row) const {
  Batch out;
  out.id = row.id;
  out.from = geography.path_text(row.unit);
  out.sender = row.sender;
  const auto laboratory = storage::laboratory(session, row.laboratory);
  if (laboratory) out.laboratory = laboratory->name;
  out.sent_at = row.sent;
  out.tubes = row.tubes;
  const auto counts = storage::counts(session, row.id);
  out.received = counts.received;
  out.resulted = counts.resulted;
  out.missing = storage::missing(session, row.id);
  return out;
}

LaboratoryTube Laboratory::Impl::lab_view(Session& session, const storage::TubeRow& row) const {
  return lab_view(row, storage::results(session, row.id));
}

LaboratoryTube Laboratory::Impl::lab_view(const storage::TubeRow& row,
                                          std::span<const storage::ResultRow> results) const {
  LaboratoryTube out;
  out.code = row.code;
  out.disease = row.disease;
  out.specimen = row.specimen;
  out.persons = row.persons;
  out.sampled_at = row.sampled;
  out.received_at = row.received;
  for (const auto& result : results) out.results.emplace_back(view(result)).case_id.reset();
  return out;
}

Turnaround Laboratory::Impl::turnaround(Session& session, LaboratoryId laboratory) const {
  Turnaround out;
  std::vector<std::int64_t> to_reception, to_result, whole;
  for (const auto& row : storage::times(session, laboratory, now() - kTurnaround)) {
    ++out.tubes;
    whole.push_back((row.resulted - row.sampled).count());
    if (!row.received) continue;
    to_reception.push_back((*row.received - row.sampled).count());
    to_result.push_back((row.resulted - *row.received).count());
  }
  out.to_reception = median(std::move(to_reception));
  out.to_result = median(std::move(to_result));
  out.whole = median(std::move(whole));
  const auto on_the_way = storage::on_the_way(session, laboratory);
  out.on_the_way = on_the_way.tubes;
  out.on_the_way_since = on_the_way.since;
  const auto waiting = storage::waiting(session, laboratory);
  out.waiting = waiting.tubes;
  out.waiting_since = waiting.since;
  return out;
}

Task<Result<http::Page<LaboratoryBrief>>> Laboratory::laboratories(const Caller& caller) const {
  using Out = http::Page<LaboratoryBrief>;
  return impl_->db.read([impl = impl_.get(), caller](Session& s) -> Result<Out> {
    if (impl->access.areas(caller, kSample).empty()) return kNotPermitted;
    Out page;
    for (const auto& row : storage::laboratories(s, kLaboratoriesMost)) page.items.push_back(impl->view(caller, row));
    std::sort(page.items.begin(), page.items.end(), [](const auto& a, const auto& b) {
      return std::pair(fold(a.name), a.id) < std::pair(fold(b.name), b.id);
    });
    return page;
  });
}

Task<Result<LaboratoryBrief>> Laboratory::add(const Caller& caller, NewLaboratory asked,
                                              std::optional<store::Once> once) {
  if (fold(asked.name).empty()) return refused<LaboratoryBrief>(wrong_field("/name", "required"));
  auto write = [impl = impl_.get(), caller, asked = std::move(asked)](Session& s) -> Result<LaboratoryBrief> {
    const auto allowed = impl->access.require(s, caller, kRegister, {PersonId{}, asked.unit, ""});
    if (!allowed) return allowed.error();
    if (!impl->geography.find(asked.unit)) return wrong_field("/unit", "unknown");
    const storage::LaboratoryRow row{impl->db.ids().make<LaboratoryId>(),
                                     asked.unit,
                                     asked.name,
                                     std::nullopt,
                                     impl->now(),
                                     caller.account,
                                     std::nullopt,
                                     std::nullopt,
                                     std::nullopt};
    storage::insert(s, row);
    return impl->view(caller, row);
  };
  if (once) return impl_->db.once(std::move(*once), std::move(write));
  return impl_->db.transact(std::move(write));
}

Task<Result<LaboratoryBrief>> Laboratory::edit(const Caller& caller, LaboratoryId id, LaboratoryEdit asked) {
  if (asked.name && fold(*asked.name).empty()) return refused<LaboratoryBrief>(wrong_field("/name", "required"));
  return impl_->db.transact([impl = impl_.get(), caller, id, asked](Session& s) -> Result<LaboratoryBrief> {
    auto row = storage::laboratory(s, id);
    const auto allowed = impl->access.require(s, caller, kRegister, {PersonId{}, row ? row->unit : UnitId{}, ""});
    if (!allowed) return allowed.error();
    if (!row) return kNotFound;
    if (asked.name) row->name = *asked.name;
    if (asked.closed.value_or(row->closed.has_value()) != row->closed.has_value())
      row->closed = *asked.closed ? std::optional(impl->now()) : std::nullopt;
    if (asked.affirms.value_or(row->affirms.has_value()) != row->affirms.has_value()) {
      row->affirms = *asked.affirms ? std::optional(impl->now()) : std::nullopt;
      row->affirmed_by = caller.account;
      row->affirmer = caller.name;
    }
    storage::update(s, *row);
    return impl->view(caller, *row);
  });
}

Task<Result<LaboratorySeen>> Laboratory::see(const Caller& caller, LaboratoryId id) const {
  return impl_->db.read([impl = impl_.get(), caller, id](Session& s) -> Result<LaboratorySeen> {
    const auto row = impl->worked(s, caller, id);
    if (!row) return row.error();
    LaboratorySeen out;
    out.laboratory = impl->view(caller, *row);
    out.turnaround = impl->turnaround(s, id);
    for (const auto& batch : storage::batches(s, id, kBatchesShown)) out.batches.push_back(impl->view(s, batch));
    for (const auto& one : storage::unmatched(s, id, kShown))
      out.unmatched.push_back(
          {one.id, one.code, one.method, one.outcome, one.ct, one.at, one.recorded, one.recorder, one.lineage});
    return out;
  });
}

Task<Result<Batch>> Laboratory::send(const Caller& caller, SessionId id, NewBatch asked,
                                     std::optional<store::Once> once) {
  auto write = [impl = impl_.get(), caller, id, asked](Session& s) -> Result<Made> {
    const auto row = impl->session_of(s, caller, id);
    if (!row) return row.error();
    const auto laboratory = storage::laboratory(s, asked.laboratory);
    if (!laboratory) return wrong_field("/laboratory", "unknown");
    if (laboratory->closed) return kLaboratoryClosed;
    auto tubes = storage::tubes(s, id);
    std::erase_if(tubes, [](const auto& tube) { return tube.sent.has_value(); });
    const auto count = static_cast<std::int64_t>(tubes.size());
    if (count == 0) return wrong_field("/count", "range");
    if (count != asked.count) return Error(kCountDiffers, {{"count", std::to_string(count)}});
    const Instant now = impl->now();
    const storage::BatchRow batch{
        impl->db.ids().make<BatchId>(), id, row->unit, asked.laboratory, now, caller.account, caller.name, count};
    storage::insert(s, batch);
    for (auto& tube : tubes) {
      tube.batch = batch.id;
      tube.laboratory = asked.laboratory;
      tube.sent = now;
      storage::update(s, tube);
      // A laboratory that was faster than our papers.
      for (const auto& early : storage::unmatched(s, asked.laboratory, tube.code)) {
        if (early.disease && *early.disease != tube.disease) continue;  // stays apart, for an officer
        const Found found{early.method, early.outcome, early.ct, early.at, early.whole_day, early.lineage};
        const auto taken =
            impl->take(s, *storage::tube(s, tube.id), found,
                       {asked.laboratory, early.recorded_by, early.recorder, early.report}, std::nullopt);
        if (taken) storage::remove(s, early.id);
      }
    }
    s.publish({"laboratory.changed", batch.id.value, now, 1, laboratory->unit.value});
    s.publish({"sampling.changed", id.value, now, 1, row->unit.value});
    return Made{batch.id};
  };
  return shown(impl_.get(),
               once ? impl_->db.once(std::move(*once), std::move(write)) : impl_->db.transact(std::move(write)));
}

Task<Result<Batch>> Laboratory::receive(const Caller& caller, LaboratoryId id, Reception reception) {
  const auto code = barcode(reception.tube);
  if (!code) return refused<Batch>(wrong_field("/tube", "format"));
  return impl_->db.transact([impl = impl_.get(), caller, id, code = *code](Session& s) -> Result<Batch> {
    const auto row = impl->worked(s, caller, id);
    if (!row) return row.error();
    auto tube = impl->tube_of(s, id, code);
    if (!tube) return tube.error();
    if (!tube->received) {
      tube->received = impl->now();
      storage::update(s, *tube);
      s.publish({"laboratory.changed", tube->batch->value, impl->now(), 1, row->unit.value});
    }
    return impl->view(s, *storage::batch(s, *tube->batch));
  });
}

Task<Result<LaboratoryTube>> Laboratory::look(const Caller& caller, LaboratoryId id, Reception reception) const {
  const auto code = barcode(reception.tube);
  if (!code) return refused<LaboratoryTube>(wrong_field("/tube", "format"));
  return impl_->db.read([impl = impl_.get(), caller, id, code = *code](Session& s) -> Result<LaboratoryTube> {
    const auto row = impl->worked(s, caller, id);
    if (!row) return row.error();
    const auto tube = impl->tube_of(s, id, code);
    if (!tube) return tube.error();
    return impl->lab_view(s, *tube);
  });
}

}  // namespace luytre::laboratory
