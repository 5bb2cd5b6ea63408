// What one judge may ask: a number, and its report signed.
#include <chrono>

#include "gateway/signer/checks.h"
#include "gateway/signer/receipt.h"
#include "gateway/signer/refusal.h"
#include "gateway/signer/signer.h"
#include "verifier/canonical.h"
#include "verifier/core/text.h"
#include "verifier/crypto/digest.h"
#include "verifier/report/envelope.h"
#include "verifier/report/payload.h"

namespace heyan::signer {
namespace {

using core::ErrorCode;
using core::fail;
using core::Result;

}  // namespace

Result<std::string> Signer::number_for(const v1::SignerBegin& asks) {
  HEYAN_TRY(const auto intake,
            statements_->one<std::uint64_t>("SELECT idx FROM intakes WHERE submission = ?",
                                            asks.submission_id()));
  if (!intake || std::get<0>(*intake) != asks.intake_index() || asks.version() == 0) {
    return fail(ErrorCode::kNotFound, "no such intake was logged");
  }
  HEYAN_TRY(const auto given,
            (statements_->one<std::string, std::string>(
                "SELECT number, supersedes FROM numbers WHERE submission = ? AND version = ?",
                asks.submission_id(), asks.version())));
  if (given) {
    if (std::get<1>(*given) != asks.supersedes()) {
      return fail(ErrorCode::kDuplicate, "this version was begun as another's successor");
    }
    return std::get<0>(*given);
  }
  HEYAN_CHECK_OK(expect_not_deleted(asks.submission_id()));
  if (!asks.supersedes().empty()) {
    HEYAN_TRY(const auto earlier,
              (statements_->one<std::uint64_t>(
                  "SELECT version FROM numbers WHERE number = ? AND submission = ?",
                  asks.supersedes(), asks.submission_id())));
    if (!earlier || std::get<0>(*earlier) >= asks.version()) {
      return fail(ErrorCode::kNotFound, "no earlier report of this submission has that number");
    }
  }
  std::string number = report_number(crypto::random_bytes(kReportNumberBytes));
  HEYAN_CHECK_OK(statements_->run(
      "INSERT INTO numbers(submission, version, number, intake, "
      "supersedes) VALUES(?, ?, ?, ?, ?)",
      asks.submission_id(), asks.version(), number, asks.intake_index(), asks.supersedes()));
  return number;
}

// Custody since receipt: what is to be judged is what the receipt lists and the leaf commits to.
Result<bool> Signer::are_as_receipted(const v1::SignerBegin& asks) {
  HEYAN_TRY(const auto row,
            statements_->one<core::Bytes>("SELECT files FROM intakes WHERE submission = ?",
                                          asks.submission_id()));
  v1::Intake intake;
  *intake.mutable_files() = asks.files();
  return row && std::get<0>(*row) == files_digest(intake);
}

// Was this version logged before? Then it is that report again.
Result<bool> Signer::load_logged(v1::SignerBegun& begun) {
  HEYAN_TRY(const auto row, (statements_->one<core::Bytes, core::Bytes>(
                                "SELECT report, record_sha256 FROM reports WHERE number = ?",
                                begun.report_number())));
  if (!row) return false;
  if (!begun.mutable_report()->ParseFromString(core::to_string(std::get<0>(*row)))) {
    return fail(ErrorCode::kInternal, "a stored report does not read");
  }
  begun.set_record_sha256(core::to_string(std::get<1>(*row)));
  return true;
}

// The answers of a round are looked at also while nothing is signed: they may be worse by now. A
// clock that is not believed dates no round either, and is late soon enough.
Result<Finish> Signer::hear(const v1::SignerBegin& asks, v1::SignerBegun& begun) {
  v1::SignerBegin nothing_else;
  *nothing_else.mutable_canaries() = asks.canaries();
  if (canonical_bytes(asks) != canonical_bytes(nothing_else)) {
    return fail(ErrorCode::kMalformed, "canaries are of no case");
  }
  HEYAN_TRY(const core::UtcTime time, now());
  const auto wrong = canaries_.hear(asks.canaries(), time, settings_.clock.look().steady);
  if (wrong) stop_.because(StopReason::kCanaryWrong, *wrong);
  begun.mutable_canaries();
  return Finish();
}

Result<Finish> Signer::begin(const v1::SignerBegin& asks, v1::SignerBegun& begun) {
  if (asks.has_canaries()) return hear(asks, begun);
  HEYAN_CHECK_OK(expect_acts_of_court());
  HEYAN_CHECK_OK(stop_.check());
  HEYAN_CHECK_OK(may_sign_reports());
  HEYAN_TRY(std::string number, number_for(asks));
  begun.set_report_number(std::move(number));
  HEYAN_TRY(const core::UtcTime time, now());
  begun.set_now_ms(core::to_unix_ms(time));
  HEYAN_TRY(const bool as_receipted, are_as_receipted(asks));
  begun.set_files_as_receipted(as_receipted);
  if (const auto sang = canaries_.sang_at()) begun.set_self_test_ms(core::to_unix_ms(*sang));
  HEYAN_TRY(const bool logged, load_logged(begun));
  if (!logged) return Finish();
  // Signed if it was not yet.
  return [this, &begun]() -> Result<void> {
    HEYAN_TRY(*begun.mutable_envelope(), envelope_of(begun.report_number()));
    return {};
  };
}

Question Signer::for_begin(const v1::SignerBegin& asks, v1::SignerBegun& begun) {
  return {
      .write = [&](sql::Transaction&) { return begin(asks, begun); },
      .refuse =
          [&](const core::Error& error) {
            begun.Clear();
            *begun.mutable_refusal() = refusal_of(error);
          },
      // A number is no signature; what was signed before may be signed only now.
      .record =
          [&](audit::Entry& entry) {
            entry.event = audit::Event::kReportSigned;
            entry.subject = begun.report_number();
            entry.detail.set("submission", core::visible(asks.submission_id())).set("again", true);
            return !begun.envelope().empty();
          }};
}

Result<void> Signer::check_report(const v1::SignerBegin& begun, const v1::Report& report) {
  HEYAN_TRY(const std::string number, number_for(begun));
  if (report.number() != number) {
    return fail(ErrorCode::kMalformed, "the report has another number");
  }
  // Whatever the front's rows say by now.
  HEYAN_TRY(const auto court,
            statements_->one<std::string>("SELECT court FROM intakes WHERE submission = ?",
                                          begun.submission_id()));
  if (!court || std::get<0>(*court) != report.court().code()) {
    return fail(ErrorCode::kMalformed, "the report is for another court than the receipt");
  }
  HEYAN_TRY(const core::UtcTime time, now());
  const auto distance = std::chrono::abs(time - core::from_unix_ms(report.as_of_ms()));
  if (distance > kClockTolerance) {
    return fail(ErrorCode::kChanged, "the report's time is not this clock's");
  }
  return check_value(report, settings_.bundle, time);
}

// One report of a submission stands. Only a report of the same submission is superseded, only once,
// and none is left standing beside a later one: who asks may be taken over.
Result<void> Signer::supersede(sql::Transaction& transaction, const v1::SignerBegin& begun,
                               std::uint64_t index, core::UtcTime time) {
  if (begun.supersedes().empty()) {
    HEYAN_TRY(const auto others,
              (statements_->one<std::uint64_t>(
                  "SELECT count(*) FROM reports r JOIN numbers n ON n.number = r.number"
                  " WHERE n.submission = ? AND n.version <> ?",
                  begun.submission_id(), begun.version())));
    if (others && std::get<0>(*others) == 0) return {};
    return fail(ErrorCode::kDuplicate, "the submission has a report that this one must supersede");
  }
  HEYAN_TRY(const auto old,
            (statements_->one<std::uint64_t, std::string, std::optional<std::string>>(
                "SELECT r.idx, r.log, r.superseded_by FROM reports r JOIN numbers n ON n.number = "
                "r.number"
                " WHERE r.number = ? AND n.submission = ? AND n.version < ?",
                begun.supersedes(), begun.submission_id(), begun.version())));
  if (!old) return fail(ErrorCode::kNotFound, "there is no report to be superseded");
  if (std::get<2>(*old)) return fail(ErrorCode::kDuplicate, "the report is superseded already");
  HEYAN_CHECK_OK(append(transaction, report::SupersessionEntry{
                                         .at = time,
                                         .report = {index, {}},
                                         .supersedes = {std::get<0>(*old), std::get<1>(*old)}}));
  return statements_->run(
      "UPDATE reports SET superseded_by = (SELECT number FROM reports WHERE idx = ? AND log = '')"
      " WHERE number = ?",
      index, begun.supersedes());
}

// Leaf, payload and succession in one transaction: what is logged is never lost, and never twice.
Result<void> Signer::log_report(sql::Transaction& transaction, const v1::SignerBegin& begun,
                                const v1::SignerReport& asks) {
  HEYAN_CHECK_OK(expect_not_deleted(begun.submission_id()));
  const v1::Report& report = asks.report();
  const std::string payload = report::encode_payload(report);
  const core::Bytes digest = crypto::sha256(core::as_bytes(payload));
  HEYAN_TRY(const core::UtcTime time, now());
  HEYAN_TRY(report::LogPlace intake, intake_of(begun.submission_id()));
  HEYAN_TRY(const std::uint64_t index,
            append(transaction, report::ReportEntry{
                                    .at = time, .payload = digest, .intake = std::move(intake)}));
  HEYAN_CHECK_OK(
      statements_->run("INSERT INTO reports(number, idx, payload_sha256, report, record_sha256, "
                       "signed_at_ms) VALUES(?, ?, ?, ?, ?, ?)",
                       report.number(), index, digest, canonical_bytes(report),
                       core::as_bytes(asks.record_sha256()), core::to_unix_ms(time)));
  HEYAN_CHECK_OK(statements_->run("UPDATE intakes SET reported = 1 WHERE submission = ?",
                                  begun.submission_id()));
  return supersede(transaction, begun, index, time);
}

// The envelope of a logged report, made once.
Result<std::string> Signer::envelope_of(const std::string& number) {
  HEYAN_TRY(const auto row,
            (statements_->one<std::uint64_t, core::Bytes, std::int64_t, std::optional<std::string>>(
                "SELECT idx, report, signed_at_ms, envelope FROM reports "
                "WHERE number = ?",
                number)));
  if (!row) return fail(ErrorCode::kNotFound, "there is no such report");
  const auto& [index, bytes, signed_at_ms, stored] = *row;
  if (stored) return *stored;
  v1::Report report;
  if (!report.ParseFromString(core::to_string(bytes))) {
    return fail(ErrorCode::kInternal, "a stored report does not read");
  }
  const std::string payload = report::encode_payload(report);
  HEYAN_TRY(const core::Bytes leaf, log_->entry(index));
  if (!report::is_report_entry(leaf, crypto::sha256(core::as_bytes(payload)))) {
    return fail(ErrorCode::kInternal, "a stored report is not the one that was logged");
  }
  HEYAN_TRY(const std::string proof, proof_of(index));
  HEYAN_TRY(const core::UtcTime time, signing_time(core::from_unix_ms(signed_at_ms)));
  HEYAN_TRY(
      const std::string jws,
      report::sign_report(core::as_bytes(payload), keys_.report, time,
                          report::LogPosition{keys_.log_name, static_cast<std::int64_t>(index)}));
  HEYAN_TRY(std::string envelope, report::seal(jws, proof));
  HEYAN_CHECK_OK(
      statements_->run("UPDATE reports SET envelope = ? WHERE number = ?", envelope, number));
  return envelope;
}

Result<void> Signer::take_report(sql::Transaction& transaction, const v1::SignerBegin& begun,
                                 const v1::SignerReport& asks) {
  HEYAN_CHECK_OK(expect_acts_of_court());
  HEYAN_CHECK_OK(stop_.check());
  HEYAN_CHECK_OK(may_sign_reports());
  HEYAN_CHECK_OK(check_report(begun, asks.report()));
  HEYAN_TRY(const auto known,
            statements_->one<core::Bytes>("SELECT report FROM reports WHERE number = ?",
                                          asks.report().number()));
  if (!known) return log_report(transaction, begun, asks);
  if (std::get<0>(*known) == canonical_bytes(asks.report())) return {};
  // Another judge was first: its report is this version's, and begin() gives it.
  return fail(ErrorCode::kChanged, "this version has its report");
}

Question Signer::for_report(const v1::SignerBegin& begun, const v1::SignerReport& asks,
                            v1::SignerSigned& answer) {
  return {.write = [&](sql::Transaction& transaction) -> Result<Finish> {
            HEYAN_CHECK_OK(take_report(transaction, begun, asks));
            return [this, &asks, &answer]() -> Result<void> {
              HEYAN_TRY(*answer.mutable_envelope(), envelope_of(asks.report().number()));
              return {};
            };
          },
          .refuse =
              [&](const core::Error& error) {
                answer.Clear();
                *answer.mutable_refusal() = refusal_of(error);
              },
          .record =
              [&](audit::Entry& entry) {
                entry.event = audit::Event::kReportSigned;
                entry.subject = asks.report().number();
                entry.detail.set("submission", core::visible(begun.submission_id()))
                    .set("record", core::to_hex(core::as_bytes(asks.record_sha256())));
                const auto payload = statements_->one<core::Bytes>(
                    "SELECT payload_sha256 FROM reports WHERE number = ?", asks.report().number());
                if (payload && *payload) {
                  entry.detail.set("payload", core::to_hex(std::get<0>(**payload)));
                }
                return true;
              }};
}

}  // namespace heyan::signer
