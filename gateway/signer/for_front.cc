// What the front may ask: a receipt, a withdrawal, a deletion, how a report stands, its proof, what
// another's clock says. Never a signature under a report.
#include <chrono>

#include "gateway/signer/receipt.h"
#include "gateway/signer/refusal.h"
#include "gateway/signer/signer.h"
#include "verifier/core/text.h"
#include "verifier/crypto/digest.h"

namespace heyan::signer {
namespace {

using core::ErrorCode;
using core::fail;
using core::Result;

constexpr std::size_t kNonceBytes = 32;
constexpr std::chrono::hours kOverdueAfter{24};

bool to_record(const v1::FrontAsks& asks, audit::Entry& entry) {
  if (asks.has_intake()) {
    entry.event = audit::Event::kReceiptSigned;
    entry.subject = asks.intake().submission_id();
  } else if (asks.has_withdraw()) {
    entry.event = audit::Event::kWithdrawalLogged;
    entry.subject = asks.withdraw().report_number();
    entry.detail.set("why", core::visible(asks.withdraw().reason(), 32));
  } else if (asks.has_deletion()) {
    entry.event = audit::Event::kDeletionLogged;
    entry.subject = asks.deletion().submission_id();
  }
  return asks.has_intake() || asks.has_withdraw() || asks.has_deletion();
}

}  // namespace

Question Signer::for_front(const v1::FrontAsks& asks, v1::FrontGets& gets) {
  return {
      .write = [&](sql::Transaction& transaction) { return answer_front(transaction, asks, gets); },
      .refuse =
          [&](const core::Error& error) {
            gets.Clear();
            *gets.mutable_refusal() = refusal_of(error);
          },
      .record = [&asks](audit::Entry& entry) { return to_record(asks, entry); }};
}

Result<void> Signer::expect_acts_of_court() const {
  if (!settings_.litigants) return {};
  return fail(ErrorCode::kUnsupported, "this gateway serves litigants alone: the court's do that");
}

Result<Finish> Signer::answer_front(sql::Transaction& transaction, const v1::FrontAsks& asks,
                                    v1::FrontGets& gets) {
  if (asks.has_withdraw() || asks.has_deletion()) HEYAN_CHECK_OK(expect_acts_of_court());
  switch (asks.ask_case()) {
    case v1::FrontAsks::kIntake:
      return take_in(transaction, asks.intake(), gets);
    case v1::FrontAsks::kWithdraw:
      HEYAN_CHECK_OK(withdraw(transaction, asks.withdraw()));
      gets.mutable_standing()->set_report_number(asks.withdraw().report_number());
      gets.mutable_standing()->set_withdrawn(true);
      return Finish();
    case v1::FrontAsks::kDeletion: {
      HEYAN_TRY(*gets.mutable_deleted(), delete_submission(transaction, asks.deletion()));
      return Finish();
    }
    case v1::FrontAsks::kStatus: {
      HEYAN_TRY(*gets.mutable_standing(), standing(asks.status()));
      return Finish();
    }
    case v1::FrontAsks::kLogProof: {
      HEYAN_TRY(const std::uint64_t index, index_of(asks.log_proof().report_number()));
      return [this, index, &gets]() -> Result<void> {
        HEYAN_TRY(*gets.mutable_log_proof(), proof_of(index));
        return {};
      };
    }
    case v1::FrontAsks::kBacklog: {
      HEYAN_TRY(*gets.mutable_backlog(), backlog());
      return Finish();
    }
    case v1::FrontAsks::kKeys: {
      HEYAN_TRY(*gets.mutable_keys(), published_keys());
      return Finish();
    }
    case v1::FrontAsks::kClockQuestion: {
      HEYAN_TRY(const core::Bytes drawn, outside_.ask(settings_.clock.look()));
      gets.mutable_clock_question()->set_sha256(core::to_string(drawn));
      return Finish();
    }
    case v1::FrontAsks::kClockAnswer: {
      HEYAN_TRY(*gets.mutable_clock_compared(), compare_clock(asks.clock_answer()));
      return Finish();
    }
    case v1::FrontAsks::kWitnessQuestion:
      return [this, &asks, &gets]() -> Result<void> {
        HEYAN_TRY(*gets.mutable_witness_question(), witness_question(asks.witness_question()));
        return {};
      };
    case v1::FrontAsks::kCosigned:
      HEYAN_CHECK_OK(take_cosignature(asks.cosigned()));
      gets.mutable_cosigned();
      return Finish();
    case v1::FrontAsks::kWitnessKept:
      HEYAN_CHECK_OK(compare_with_kept(asks.witness_kept()));
      gets.mutable_witness_kept();
      return Finish();
    case v1::FrontAsks::ASK_NOT_SET:
      break;
  }
  return fail(ErrorCode::kMalformed, "nothing was asked");
}

// The leaf is committed before the receipt is signed; asked again, the same place is named.
Result<Finish> Signer::take_in(sql::Transaction& transaction, const v1::Intake& intake,
                               v1::FrontGets& gets) {
  if (intake.submission_id().empty() || intake.files().empty()) {
    return fail(ErrorCode::kMalformed, "an intake without submission or files");
  }
  HEYAN_CHECK_OK(may_sign("receipt-es256", keys_.receipt));
  const core::Bytes files = files_digest(intake);
  HEYAN_TRY(const auto known,
            (statements_->one<std::uint64_t, core::Bytes, std::int64_t, std::string, std::string>(
                "SELECT idx, files, received_at_ms, court, log FROM intakes WHERE submission = ?",
                intake.submission_id())));
  std::uint64_t index = 0;
  core::UtcTime received_at;
  std::string log = keys_.log_name;
  if (known) {
    if (std::get<1>(*known) != files || std::get<3>(*known) != intake.court()) {
      return fail(ErrorCode::kDuplicate,
                  "this submission was taken in with other files, or by another court");
    }
    index = std::get<0>(*known);
    received_at = core::from_unix_ms(std::get<2>(*known));
    if (!std::get<4>(*known).empty()) log = std::get<4>(*known);
  } else {
    HEYAN_TRY(received_at, now());
    HEYAN_TRY(index,
              append(transaction, report::IntakeEntry{.at = received_at,
                                                      .submission = crypto::sha256(
                                                          core::as_bytes(intake.submission_id())),
                                                      .files = files,
                                                      .nonce = crypto::random_bytes(kNonceBytes)}));
    HEYAN_CHECK_OK(statements_->run(
        "INSERT INTO intakes(submission, idx, court, files, received_at_ms) VALUES(?, ?, ?, ?, ?)",
        intake.submission_id(), index, intake.court(), files, core::to_unix_ms(received_at)));
  }
  return [this, index, received_at, log = std::move(log), &intake, &gets]() -> Result<void> {
    v1::Receipt& receipt = *gets.mutable_receipt();
    receipt.set_intake_index(index);
    HEYAN_TRY(*receipt.mutable_jws(), sign_receipt(intake, log, index, received_at, keys_.receipt));
    return {};
  };
}

Result<void> Signer::withdraw(sql::Transaction& transaction, const v1::Withdraw& asks) {
  if (!report::is_withdrawal_reason(asks.reason())) {
    return fail(ErrorCode::kMalformed, "this is no reason to withdraw a report");
  }
  HEYAN_TRY(const auto row,
            (statements_->one<std::uint64_t, std::string, std::optional<std::string>>(
                "SELECT idx, log, withdrawn FROM reports WHERE number = ?", asks.report_number())));
  if (!row) return fail(ErrorCode::kNotFound, "there is no such report");
  if (const auto& withdrawn = std::get<2>(*row)) {
    if (*withdrawn == asks.reason()) return {};
    return fail(ErrorCode::kDuplicate, "the report was withdrawn for another reason");
  }
  report::WithdrawalEntry entry{
      .at = {}, .report = {std::get<0>(*row), std::get<1>(*row)}, .reason = asks.reason()};
  HEYAN_TRY(entry.at, now());
  HEYAN_CHECK_OK(append(transaction, entry));
  return statements_->run("UPDATE reports SET withdrawn = ? WHERE number = ?", asks.reason(),
                          asks.report_number());
}

Result<v1::StandingOf> Signer::standing(const v1::ReportStatus& asks) {
  HEYAN_TRY(const auto row,
            (statements_->one<std::string, std::optional<std::string>, std::optional<std::string>,
                              std::uint64_t>(
                "SELECT r.number, r.superseded_by, r.withdrawn,"
                " EXISTS (SELECT 1 FROM numbers n JOIN deletions d ON d.submission = n.submission"
                "  WHERE n.number = r.number)"
                " FROM reports r WHERE r.payload_sha256 = ?",
                core::as_bytes(asks.payload_sha256()))));
  v1::StandingOf standing;
  if (!row) return standing;
  standing.set_report_number(std::get<0>(*row));
  standing.set_superseded_by(std::get<1>(*row).value_or(""));
  standing.set_withdrawn(std::get<2>(*row).has_value());
  standing.set_record_deleted(std::get<3>(*row) != 0);
  return standing;
}

Result<std::uint64_t> Signer::index_of(const std::string& number) {
  HEYAN_TRY(const auto row, statements_->one<std::uint64_t>(
                                "SELECT idx FROM reports WHERE number = ? AND log = ''", number));
  if (!row) return fail(ErrorCode::kNotFound, "there is no such report");
  return std::get<0>(*row);
}

Result<v1::ClockCompared> Signer::compare_clock(const v1::ClockAnswer& asks) {
  const Clock::Look look = settings_.clock.look();
  HEYAN_TRY(const OutsideClock::Compared compared,
            outside_.compare(core::as_bytes(asks.token()), look));
  if (compared.closely) settings_.clock.believe(look);
  v1::ClockCompared answer;
  answer.set_apart_ms(compared.apart.count());
  answer.set_agrees(compared.agrees);
  return answer;
}

Result<v1::Backlog> Signer::backlog() {
  look_at_certificates();
  HEYAN_TRY(const core::UtcTime time, now());
  HEYAN_TRY(const report_log::Head head, log_->head());
  HEYAN_TRY(const auto row, (statements_->one<std::uint64_t, std::uint64_t>(
                                "SELECT count(*), count(CASE WHEN received_at_ms < ? THEN 1 END) "
                                "FROM intakes i WHERE reported = 0 AND NOT EXISTS "
                                "(SELECT 1 FROM deletions d WHERE d.submission = i.submission)",
                                core::to_unix_ms(time - kOverdueAfter))));
  v1::Backlog backlog;
  backlog.set_waiting(std::get<0>(*row));
  backlog.set_overdue(std::get<1>(*row));
  backlog.set_log_size(head.size);
  backlog.set_trust_next_update_ms(core::to_unix_ms(settings_.bundle.next_update));
  if (const auto sang = canaries_.sang_at()) backlog.set_canaries_at_ms(core::to_unix_ms(*sang));
  backlog.set_canaries_late(canaries_.is_late(settings_.clock.look().steady));
  backlog.set_stopped(std::string(name(stop_.reason())));
  return backlog;
}

}  // namespace heyan::signer
