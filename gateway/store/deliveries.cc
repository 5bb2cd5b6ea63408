// Reading and writing: what court systems are told.
#include "gateway/store/reading.h"
#include "gateway/store/rows.h"
#include "gateway/store/writing.h"

namespace heyan::store {
namespace {

using core::ErrorCode;

constexpr core::Error kNotPending{ErrorCode::kNotFound, "there is no such delivery to be made"};

core::Result<void> one_changed(const core::Result<std::uint64_t>& changed) {
  if (!changed) return std::unexpected(changed.error());
  if (*changed != 1) return std::unexpected(kNotPending);
  return {};
}

}  // namespace

core::Result<void> Writing::insert_delivery(std::string_view submission,
                                            const std::optional<NewDelivery>& delivery) {
  if (!delivery) return {};
  if (delivery->id.empty() || delivery->account.empty() || delivery->content_type.empty())
    return core::fail(ErrorCode::kMalformed, "a delivery without id, account or type");
  return statements_.run(
      "INSERT INTO deliveries(id, account, submission, content_type, body, state, created_at_ms,"
      " not_before_ms) VALUES(?1, ?2, ?3, ?4, ?5, 'PENDING', ?6, ?6)",
      delivery->id, delivery->account, submission, delivery->content_type, delivery->body,
      delivery->created_at_ms);
}

core::Result<void> Writing::delivered(std::string_view id) {
  return one_changed(
      statements_.change("UPDATE deliveries SET state = 'DELIVERED', attempts = attempts + 1"
                         " WHERE id = ? AND state = 'PENDING'",
                         id));
}

core::Result<void> Writing::not_delivered(const Undelivered& one) {
  HEYAN_CHECK_OK(one_changed(statements_.change(
      "UPDATE deliveries SET attempts = attempts + 1, not_before_ms = ?2,"
      " failing_since_ms = coalesce(failing_since_ms, ?3) WHERE id = ?1 AND state = 'PENDING'",
      one.id, one.not_before_ms, one.at_ms)));
  if (!one.away) return {};
  return statements_.run(
      "UPDATE deliveries SET not_before_ms = ?2, failing_since_ms = coalesce(failing_since_ms, ?3)"
      " WHERE state = 'PENDING' AND not_before_ms < ?2"
      " AND account = (SELECT account FROM deliveries WHERE id = ?1)",
      one.id, one.not_before_ms, one.at_ms);
}

core::Result<void> Writing::give_up_delivery(std::string_view id) {
  return one_changed(
      statements_.change("UPDATE deliveries SET state = 'GIVEN_UP', attempts = attempts + 1"
                         " WHERE id = ? AND state = 'PENDING'",
                         id));
}

core::Result<std::uint64_t> Writing::forget_deliveries(std::int64_t created_before_ms) {
  return statements_.change("DELETE FROM deliveries WHERE state <> 'PENDING' AND created_at_ms < ?",
                            created_before_ms);
}

// From one account to the next along the index, however many events each has.
core::Result<std::vector<std::string>> Reading::accounts_due(std::int64_t now_ms) {
  HEYAN_TRY(auto rows, (statements_.all<std::string>(
                           "WITH RECURSIVE told(account) AS ("
                           "SELECT min(account) FROM deliveries WHERE state = 'PENDING'"
                           " UNION ALL SELECT (SELECT min(n.account) FROM deliveries n"
                           "  WHERE n.state = 'PENDING' AND n.account > told.account)"
                           " FROM told WHERE told.account IS NOT NULL)"
                           " SELECT account FROM told WHERE EXISTS (SELECT 1 FROM deliveries d"
                           " WHERE d.state = 'PENDING' AND d.account = told.account"
                           " AND d.not_before_ms <= ?)",
                           now_ms)));
  std::vector<std::string> accounts;
  accounts.reserve(rows.size());
  for (auto& [account] : rows) accounts.push_back(std::move(account));
  return accounts;
}

core::Result<std::optional<Delivery>> Reading::due_delivery(std::string_view account,
                                                            std::int64_t now_ms) {
  HEYAN_TRY(auto row,
            (statements_.one<std::string, std::string, std::string, std::string, core::Bytes,
                             std::optional<std::int64_t>, std::uint64_t>(
                "SELECT id, account, submission, content_type, body, failing_since_ms, attempts"
                " FROM deliveries WHERE state = 'PENDING' AND account = ? AND not_before_ms <= ?"
                " ORDER BY not_before_ms, created_at_ms LIMIT 1",
                account, now_ms)));
  if (!row) return std::nullopt;
  Delivery due;
  std::uint64_t attempts = 0;
  std::tie(due.id, due.account, due.submission, due.content_type, due.body, due.failing_since_ms,
           attempts) = *std::move(row);
  due.attempts = static_cast<std::uint32_t>(attempts);
  return due;
}

core::Result<std::uint64_t> Reading::deliveries_pending() {
  HEYAN_TRY(
      const auto row,
      (statements_.one<std::uint64_t>("SELECT count(*) FROM deliveries WHERE state = 'PENDING'")));
  if (!row) return core::fail(ErrorCode::kInternal, "the database did not answer");
  return std::get<0>(*row);
}

}  // namespace heyan::store
