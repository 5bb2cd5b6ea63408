// Writing and reading: what people add to a submission.
#include "gateway/store/notes.h"

#include <utility>

#include "gateway/store/reading.h"
#include "gateway/store/writing.h"

namespace heyan::store {
namespace {

using core::ErrorCode;

constexpr std::uint64_t kMostSupplements = 100;
constexpr std::uint64_t kMostAnnotations = 10'000;

}  // namespace

core::Result<void> Writing::add_supplement(const Supplement& supplement) {
  HEYAN_CHECK_OK(expect_not_deleted(supplement.submission));
  HEYAN_TRY(const auto count,
            statements_.one<std::uint64_t>("SELECT count(*) FROM supplements WHERE submission = ?",
                                           supplement.submission));
  if (!count || std::get<0>(*count) >= kMostSupplements) {
    return core::fail(ErrorCode::kLimit, "this submission has too many requests already");
  }
  HEYAN_CHECK_OK(statements_.run(
      "INSERT INTO supplements(id, submission, account, created_at_ms, until_ms, text)"
      " VALUES(?, ?, ?, ?, ?, ?)",
      supplement.id, supplement.submission, supplement.account, supplement.created_at_ms,
      supplement.until_ms, supplement.text));
  std::uint64_t position = 0;
  for (const SupplementItem& one : supplement.items) {
    HEYAN_CHECK_OK(statements_.run(
        "INSERT INTO supplement_items(supplement, position, item, code) VALUES(?, ?, ?, ?)",
        supplement.id, position++, one.item, one.code));
  }
  return {};
}

core::Result<void> Writing::annotate(std::string_view account, std::string_view submission,
                                     const Annotation& annotation) {
  HEYAN_CHECK_OK(expect_not_deleted(submission));
  if (annotation.text.empty()) {
    return statements_.run(
        "DELETE FROM annotations WHERE account = ? AND submission = ? AND item = ?", account,
        submission, annotation.item);
  }
  HEYAN_TRY(const auto count,
            statements_.one<std::uint64_t>(
                "SELECT count(*) FROM annotations WHERE account = ? AND submission = ?"
                " AND item <> ?",
                account, submission, annotation.item));
  if (!count || std::get<0>(*count) >= kMostAnnotations) {
    return core::fail(ErrorCode::kLimit, "this submission has too many annotations already");
  }
  return statements_.run(
      "INSERT INTO annotations(account, submission, item, text, written_at_ms)"
      " VALUES(?1, ?2, ?3, ?4, ?5) ON CONFLICT(account, submission, item)"
      " DO UPDATE SET text = ?4, written_at_ms = ?5",
      account, submission, annotation.item, annotation.text, annotation.written_at_ms);
}

core::Result<std::vector<Supplement>> Reading::supplements_of(std::string_view submission,
                                                              const Scope& scope) {
  std::vector<Supplement> found;
  HEYAN_TRY(const auto visible, find_submission(submission, scope));
  if (!visible) return found;
  HEYAN_TRY(
      auto rows,
      (statements_
           .all<std::string, std::string, std::int64_t, std::int64_t, std::string, std::uint64_t>(
               "SELECT p.id, p.account, p.created_at_ms, p.until_ms, p.text,"
               " EXISTS (SELECT 1 FROM filings g JOIN submissions t ON t.id = g.submission"
               "  WHERE g.court = f.court AND g.case_number = f.case_number"
               "  AND g.case_number <> '' AND t.account = s.account"
               "  AND t.received_at_ms > p.created_at_ms)"
               " FROM supplements p JOIN submissions s ON s.id = p.submission"
               " LEFT JOIN filings f ON f.submission = s.id"
               " WHERE p.submission = ? ORDER BY p.created_at_ms, p.id",
               submission)));
  for (auto& [id, account, created_at_ms, until_ms, text, answered] : rows) {
    Supplement& one = found.emplace_back();
    HEYAN_TRY(auto items, (statements_.all<std::string, std::string>(
                              "SELECT item, code FROM supplement_items WHERE supplement = ?"
                              " ORDER BY position",
                              id)));
    for (auto& [item, code] : items) {
      one.items.push_back({.item = std::move(item), .code = std::move(code)});
    }
    one.id = std::move(id);
    one.submission = submission;
    one.account = std::move(account);
    one.created_at_ms = created_at_ms;
    one.until_ms = until_ms;
    one.text = std::move(text);
    one.answered = answered != 0;
  }
  return found;
}

core::Result<std::vector<Annotation>> Reading::annotations_of(std::string_view account,
                                                              std::string_view submission,
                                                              const Scope& scope) {
  std::vector<Annotation> found;
  HEYAN_TRY(const auto visible, find_submission(submission, scope));
  if (!visible) return found;
  HEYAN_TRY(auto rows, (statements_.all<std::string, std::string, std::int64_t>(
                           "SELECT item, text, written_at_ms FROM annotations"
                           " WHERE account = ? AND submission = ? ORDER BY item",
                           account, submission)));
  for (auto& [item, text, written_at_ms] : rows) {
    found.push_back(
        {.item = std::move(item), .text = std::move(text), .written_at_ms = written_at_ms});
  }
  return found;
}

}  // namespace heyan::store
