#include "gateway/backup/anew.h"

#include <limits>

#include "gateway/accounts/people.h"
#include "gateway/sqlite/statement_cache.h"
#include "gateway/sqlite/transaction.h"
#include "gateway/store/schema.h"

namespace heyan::backup {

core::Result<std::vector<std::string>> wait_anew(const std::filesystem::path& front,
                                                 std::int64_t due_at_ms) {
  HEYAN_TRY(sqlite::Database database, sqlite::Database::open(front, store::layout()));
  sqlite::StatementCache statements(database);
  HEYAN_TRY(sqlite::Transaction transaction, sqlite::Transaction::begin(database));
  HEYAN_CHECK_OK(
      statements.run("UPDATE deletions SET due_at_ms = ?1"
                     " WHERE state = 'CONFIRMED' AND due_at_ms < ?1",
                     due_at_ms));
  HEYAN_TRY(auto rows,
            statements.all<std::string>("SELECT submission FROM deletions"
                                        " WHERE state = 'CONFIRMED' ORDER BY submission"));
  HEYAN_CHECK_OK(transaction.commit());
  std::vector<std::string> waiting;
  waiting.reserve(rows.size());
  for (auto& [submission] : rows) waiting.push_back(std::move(submission));
  return waiting;
}

core::Result<void> claim_anew(const std::filesystem::path& front, std::int64_t from_ms) {
  constexpr std::int64_t kDayMs = 86'400'000;
  const std::int64_t next_day_ms = (from_ms / kDayMs + 1) * kDayMs;
  HEYAN_TRY(sqlite::Database database, sqlite::Database::open(front, store::layout()));
  sqlite::StatementCache statements(database);
  HEYAN_TRY(sqlite::Transaction transaction, sqlite::Transaction::begin(database));
  HEYAN_CHECK_OK(statements.run("UPDATE contents_key SET since_ms = max(since_ms, ?)", from_ms));
  HEYAN_CHECK_OK(statements.run("UPDATE watched SET since_ms = max(since_ms, ?)", next_day_ms));
  return transaction.commit();
}

core::Result<void> end_sessions(const std::filesystem::path& file) {
  constexpr std::int64_t kEver = std::numeric_limits<std::int64_t>::max();
  std::error_code error;
  if (!std::filesystem::exists(file, error)) return {};
  HEYAN_TRY(const auto people, accounts::People::open(file));
  return people->end_sessions_before(kEver, kEver);
}

std::expected<Anew, intake::Refusal> begin_anew(const std::filesystem::path& state,
                                                core::UtcTime from, std::chrono::days wait,
                                                std::string_view remedy) {
  const auto refuse = [&](const core::Error& error, std::string_view file) {
    return std::unexpected(intake::refusal_of(error, file, remedy));
  };
  Anew anew{.waiting = {}, .complete_from = from};
  const std::filesystem::path front = state / "front/front.db";
  std::error_code error;
  if (std::filesystem::status(front, error).type() != std::filesystem::file_type::not_found) {
    const std::int64_t from_ms = core::to_unix_ms(from);
    if (const auto since = claim_anew(front, from_ms); !since) {
      return refuse(since.error(), "front.db");
    }
    auto waiting = wait_anew(front, from_ms + std::chrono::milliseconds(wait).count());
    if (!waiting) return refuse(waiting.error(), "front.db");
    anew.waiting = *std::move(waiting);
  }
  const auto ended = end_sessions(state / accounts::kFile);
  if (!ended) return refuse(ended.error(), "accounts.db");
  return anew;
}

}  // namespace heyan::backup
