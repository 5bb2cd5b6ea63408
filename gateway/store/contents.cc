// Writing and reading: where the same content stands in a court's reports.
#include <algorithm>

#include "gateway/store/reading.h"
#include "gateway/store/writing.h"

namespace heyan::store {
namespace {

using core::Bytes;
using core::ErrorCode;

constexpr std::size_t kTagBytes = 32;

}  // namespace

core::Result<std::int64_t> Writing::keep_contents_under(const Bytes& key_name, std::int64_t now_ms,
                                                        bool may_forget) {
  if (key_name.size() != kTagBytes) {
    return core::fail(ErrorCode::kMalformed, "the name of a key has another length");
  }
  HEYAN_TRY(const auto kept, (statements_.one<Bytes, std::int64_t>(
                                 "SELECT name, since_ms FROM contents_key WHERE one = 1")));
  if (kept && std::get<0>(*kept) == key_name) return std::get<1>(*kept);
  if (kept && !may_forget) {
    return core::fail(ErrorCode::kChanged, "contents are kept under another key");
  }
  // What was kept under another stays: nobody can ask for it, and of a large store it would be
  // hours to remove.
  HEYAN_CHECK_OK(
      statements_.run("INSERT INTO contents_key(one, name, since_ms) VALUES(1, ?1, ?2)"
                      " ON CONFLICT(one) DO UPDATE SET name = ?1, since_ms = ?2",
                      key_name, now_ms));
  return now_ms;
}

// The items of the last report alone: each submission stands there once. A report in which nothing
// was measured leaves what is known.
core::Result<void> Writing::keep_contents(std::string_view court, const FinishedJob& finished) {
  if (finished.contents.empty()) return {};
  HEYAN_CHECK_OK(statements_.run("DELETE FROM contents WHERE submission = ?", finished.submission));
  std::uint64_t place = 0;
  for (const ItemContent& one : finished.contents) {
    HEYAN_CHECK_OK(
        statements_.run("INSERT INTO contents(court, tag, issued_at_ms, submission, place, item, "
                        "report, case_number)"
                        " VALUES(?, ?, ?, ?, ?, ?, ?, ?)",
                        court, one.tag, finished.issued_at_ms, finished.submission, place++,
                        one.item, finished.report_number, finished.case_number));
  }
  return {};
}

core::Result<ContentElsewhere> Reading::find_content(std::string_view court,
                                                     std::string_view submission, const Bytes& tag,
                                                     std::size_t most) {
  HEYAN_TRY(const auto count,
            (statements_.one<std::uint64_t>("SELECT count(*) FROM contents WHERE court = ?"
                                            " AND tag = ? AND submission <> ?",
                                            court, tag, submission)));
  ContentElsewhere found;
  found.count = count ? std::get<0>(*count) : 0;
  if (found.count == 0) return found;
  HEYAN_TRY(auto rows, (statements_.all<std::string, std::string, std::string>(
                           "SELECT report, item, case_number FROM contents WHERE court = ?"
                           " AND tag = ? AND submission <> ?"
                           " ORDER BY issued_at_ms DESC, submission DESC, place DESC LIMIT ?",
                           court, tag, submission, std::uint64_t{most})));
  for (auto& [report, item, case_number] : rows) {
    found.newest.push_back({.report = std::move(report),
                            .item = std::move(item),
                            .case_number = std::move(case_number)});
  }
  found.count = std::max<std::uint64_t>(found.count, found.newest.size());  // written meanwhile
  return found;
}

}  // namespace heyan::store
