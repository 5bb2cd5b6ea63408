// Writing and reading: what filings say of themselves.
#include <utility>

#include "gateway/store/reading.h"
#include "gateway/store/rows.h"
#include "gateway/store/writing.h"

namespace heyan::store {

core::Result<void> Writing::keep_filing(std::string_view submission, std::string_view court,
                                        const Filing& filing) {
  HEYAN_CHECK_OK(statements_.run(
      "INSERT INTO filings(submission, court, case_number, submitter, items)"
      " VALUES(?, ?, ?, ?, ?)",
      submission, court, filing.case_number, filing.submitter, std::uint64_t{filing.items.size()}));
  std::uint64_t position = 0;
  for (const FiledParty& party : filing.parties) {
    HEYAN_CHECK_OK(statements_.run(
        "INSERT INTO filed_parties(submission, position, role, name) VALUES(?, ?, ?, ?)",
        submission, position++, party.role, party.name));
  }
  position = 0;
  for (const FiledItem& item : filing.items) {
    HEYAN_CHECK_OK(
        statements_.run("INSERT INTO filed_items(submission, position, item, name, path, pages)"
                        " VALUES(?, ?, ?, ?, ?, ?)",
                        submission, position++, item.id, item.name, item.path, item.pages));
  }
  return keep_tags(submission, filing.tags);
}

// Of a submission from before there were filings nothing is kept.
core::Result<void> Writing::keep_tags(std::string_view submission,
                                      const std::vector<core::Bytes>& tags) {
  for (const core::Bytes& tag : tags) {
    HEYAN_CHECK_OK(
        statements_.run("INSERT INTO found_by(tag, submission)"
                        " SELECT ?1, ?2 WHERE EXISTS (SELECT 1 FROM filings WHERE submission = ?2)"
                        " ON CONFLICT DO NOTHING",
                        tag, submission));
  }
  return {};
}

core::Result<void> Writing::keep_outcome(const FinishedJob& finished) {
  for (const VerdictCount& one : finished.counts) {
    HEYAN_CHECK_OK(statements_.run("INSERT INTO outcomes(report, verdict, items) VALUES(?, ?, ?)",
                                   finished.report_number, one.verdict, one.items));
  }
  return keep_tags(finished.submission, finished.tags);
}

core::Result<std::vector<FiledItem>> Reading::items_of(std::string_view submission,
                                                       const Scope& scope) {
  std::vector<FiledItem> items;
  HEYAN_TRY(const auto visible, find_submission(submission, scope));
  if (!visible) return items;
  HEYAN_TRY(auto rows,
            (statements_.all<std::string, std::string, std::string, std::optional<std::uint64_t>>(
                "SELECT item, name, path, pages FROM filed_items WHERE submission = ?"
                " ORDER BY position",
                submission)));
  items.reserve(rows.size());
  for (auto& [id, name, path, pages] : rows) {
    items.push_back(
        {.id = std::move(id), .name = std::move(name), .path = std::move(path), .pages = pages});
  }
  return items;
}

core::Result<std::vector<VerdictCount>> Reading::counts_of(std::string_view report) {
  HEYAN_TRY(auto rows,
            (statements_.all<std::string, std::uint64_t>(
                "SELECT verdict, items FROM outcomes WHERE report = ? ORDER BY verdict", report)));
  std::vector<VerdictCount> counts;
  counts.reserve(rows.size());
  for (auto& [verdict, items] : rows) {
    counts.push_back({.verdict = std::move(verdict), .items = items});
  }
  return counts;
}

}  // namespace heyan::store
