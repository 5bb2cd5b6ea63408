// Reading and writing: time stamps over the signatures of reports.
#include "gateway/store/reading.h"
#include "gateway/store/rows.h"
#include "gateway/store/writing.h"

namespace heyan::store {
namespace {

using core::ErrorCode;

core::Result<void> one_changed(const core::Result<std::uint64_t>& changed) {
  if (!changed) return std::unexpected(changed.error());
  if (*changed != 1) return core::fail(ErrorCode::kNotFound, "there is no such report to stamp");
  return {};
}

}  // namespace

core::Result<void> Writing::stamped(std::string_view report, const core::Bytes& token) {
  return one_changed(
      statements_.change("UPDATE stamps SET token = ?, attempts = attempts + 1"
                         " WHERE report = ? AND token IS NULL",
                         token, report));
}

core::Result<void> Writing::not_stamped(std::string_view report, std::int64_t not_before_ms) {
  return one_changed(
      statements_.change("UPDATE stamps SET not_before_ms = ?, attempts = attempts + 1"
                         " WHERE report = ? AND token IS NULL",
                         not_before_ms, report));
}

core::Result<std::optional<DueStamp>> Reading::due_stamp(std::int64_t now_ms) {
  HEYAN_TRY(auto row, (statements_.one<std::string, core::Bytes, std::uint64_t>(
                          "SELECT r.number, r.envelope, s.attempts FROM stamps s"
                          " JOIN reports r ON r.number = s.report WHERE s.token IS NULL"
                          " AND s.not_before_ms <= ? ORDER BY s.not_before_ms LIMIT 1",
                          now_ms)));
  if (!row) return std::nullopt;
  DueStamp due;
  std::uint64_t attempts = 0;
  std::tie(due.report, due.envelope, attempts) = *std::move(row);
  due.attempts = static_cast<std::uint32_t>(attempts);
  return due;
}

core::Result<std::uint64_t> Reading::stamps_pending() {
  HEYAN_TRY(const auto row,
            (statements_.one<std::uint64_t>("SELECT count(*) FROM stamps WHERE token IS NULL")));
  if (!row) return core::fail(ErrorCode::kInternal, "the database did not answer");
  return std::get<0>(*row);
}

}  // namespace heyan::store
