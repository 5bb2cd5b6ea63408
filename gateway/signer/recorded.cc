// What the signer records in its audit trail, and the heads of all trails in the log.
#include <algorithm>

#include "gateway/signer/signer.h"

namespace heyan::signer {
namespace {

using audit::Entry;
using audit::Event;
using core::ErrorCode;
using core::Result;

audit::Outcome outcome_of(const Result<void>& end) {
  if (end) return audit::Outcome::kDone;
  const bool ours = end.error().code == ErrorCode::kIo || end.error().code == ErrorCode::kInternal;
  return ours ? audit::Outcome::kFailed : audit::Outcome::kRefused;
}

// Records of what stands in the log itself: they alone make no new head, where no witness is to say
// each hour what the time is (witness_clocks.h).
bool is_of_the_log(Event event) {
  return event == Event::kHeadLogged || event == Event::kCheckpointSigned;
}

}  // namespace

Result<void> Signer::record(std::span<const Question> questions,
                            std::span<const Result<void>> ends) {
  if (settings_.trail == nullptr) return {};
  // What cannot be read, say because the database is away, is left out.
  [[maybe_unused]] const auto reading = sql::Snapshot::begin(*database_, {});
  std::vector<Entry> entries;
  add_signed_head(entries);  // it came before what rests on it
  for (std::size_t i = 0; i < questions.size(); ++i) {
    Entry entry;
    if (!questions[i].record || !questions[i].record(entry)) continue;
    entry.outcome = outcome_of(ends[i]);
    if (!ends[i]) entry.detail.set("reason", core::name(ends[i].error().code));
    entries.push_back(std::move(entry));
  }
  return settings_.trail->append(entries);
}

void Signer::add_signed_head(std::vector<Entry>& entries) {
  if (!signed_head_) return;
  Entry entry{.event = Event::kCheckpointSigned, .subject = keys_.log_name};
  entry.detail.set("size", *std::exchange(signed_head_, std::nullopt));
  entries.push_back(std::move(entry));
}

Result<std::string> Signer::number_of(std::string_view payload_sha256) {
  HEYAN_TRY(const auto row,
            statements_->one<std::string>("SELECT number FROM reports WHERE payload_sha256 = ?",
                                          core::as_bytes(payload_sha256)));
  return row ? std::get<0>(*row) : std::string();
}

void Signer::log_heads() {
  if (settings_.trail == nullptr) return;
  const auto logged = [this]() -> Result<void> {
    HEYAN_TRY(const std::vector<audit::Head> heads, new_heads());
    return heads.empty() ? Result<void>() : log_heads(heads);
  }();
  if (!logged && settings_.trail_trouble) settings_.trail_trouble(logged.error().text);
}

Result<std::vector<audit::Head>> Signer::new_heads() {
  HEYAN_TRY([[maybe_unused]] const sql::Snapshot reading, sql::Snapshot::begin(*database_, {}));
  std::vector<audit::Head> heads;
  std::vector<Entry> shorter;
  const auto look_at = [&](audit::Head head) -> Result<void> {
    HEYAN_TRY(const auto others,
              statements_->one<std::uint64_t>(
                  "SELECT count(*) FROM trail_heads WHERE trail = ? AND writer <> ?", head.trail,
                  head.writer));
    if (others && std::get<0>(*others) > 0) {  // names are drawn: somebody took this one
      if (settings_.trail_trouble) settings_.trail_trouble("an audit trail has another's name");
      return {};
    }
    HEYAN_TRY(const auto row, statements_->one<std::uint64_t>(
                                  "SELECT record FROM trail_heads WHERE trail = ? AND writer = ?",
                                  head.trail, head.writer));
    const std::uint64_t before = row ? std::get<0>(*row) : 0;
    if (row && head.record < before) {
      Entry entry{
          .event = Event::kHeadLogged, .subject = head.writer, .outcome = audit::Outcome::kRefused};
      entry.detail.set("record", head.record).set("logged", before);
      shorter.push_back(std::move(entry));
      if (settings_.trail_trouble) settings_.trail_trouble("an audit trail is shorter than before");
    } else if (!row || head.record > before) {
      heads.push_back(std::move(head));
    }
    return {};
  };
  for (const std::filesystem::path& folder : settings_.trails) {
    auto head = audit::head_of(folder);
    if (!head && head.error().code == ErrorCode::kNotFound) continue;  // nobody wrote one yet
    if (!head && settings_.trail_trouble) settings_.trail_trouble(head.error().text);
    if (!head || !*head) continue;
    const bool own_name = (*head)->writer == folder.filename().string();
    if (own_name) HEYAN_CHECK_OK(look_at(**std::move(head)));
  }
  HEYAN_CHECK_OK(settings_.trail->append(shorter));
  audit::Head own = settings_.trail->head();
  if (!heads.empty() || !is_of_the_log(own.event) || !settings_.witnesses.empty()) {
    HEYAN_CHECK_OK(look_at(std::move(own)));
  }
  return heads;
}

Result<void> Signer::log_heads(std::span<const audit::Head> heads) {
  std::vector<Entry> entries;
  {
    HEYAN_TRY(auto transaction, begin_turn());
    HEYAN_TRY(const core::UtcTime time, now());
    for (const audit::Head& head : heads) {
      HEYAN_CHECK_OK(append(transaction, report::AuditEntry{.at = time,
                                                            .writer = head.writer,
                                                            .trail = head.trail,
                                                            .record = head.record,
                                                            .sha256 = head.sha256,
                                                            .sm3 = head.sm3}));
      HEYAN_CHECK_OK(
          statements_->run("INSERT INTO trail_heads(writer, trail, record) VALUES(?, ?, ?) "
                           "ON CONFLICT(trail, writer) DO UPDATE SET record = excluded.record",
                           head.writer, head.trail, head.record));
      Entry entry{.event = Event::kHeadLogged, .subject = head.writer};
      entry.detail.set("record", head.record);
      entries.push_back(std::move(entry));
    }
    HEYAN_CHECK_OK(transaction.commit());
  }
  {
    HEYAN_TRY(auto transaction, sql::Transaction::begin(*database_));
    HEYAN_CHECK_OK(sign_head(transaction));
    HEYAN_CHECK_OK(transaction.commit());
  }
  HEYAN_CHECK_OK(publish());
  std::vector<Entry> all;
  add_signed_head(all);
  std::ranges::move(entries, std::back_inserter(all));
  return settings_.trail->append(all);
}

}  // namespace heyan::signer
