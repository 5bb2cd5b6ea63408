// What the signer decides: report numbers, receipts, reports, withdrawals, deletions; each logged
// before it is signed.
//
// Threat: judge and front may be taken over. A report is taken as a value, folded again and encoded
// here; it must name the trust list and policy that the court signed, a number that was given to
// this submission, and a time within a minute of this clock (security decisions 2, 3 and 6). What
// was logged is never logged twice: the same submission and version get the same bytes again, also
// after a crash. A judge that is wrong about a canary stops all reports (canary_watch.h), and
// neither receipts nor withdrawals. Nothing is signed beside a certificate that is not valid now
// (certificate_watch.h). One thread, that of the database.
//
// Signers of several gateways, of the same keys, continue one log on a PostgreSQL server: in turns,
// a transaction each, in which nobody else writes, so that a number, an intake or a report is given
// once whichever of them is asked, and the head that is continued is the one that is there. What a
// signer knows of the log it looks at again where another was there since (ReportLog::take_turn);
// canaries, clocks and why it stopped are each machine's own. While the server is away questions
// are refused, not for good, and nothing is signed; nobody needs to help when it is back. Its role
// is a member of heyan_signer and owns nothing; that of the front must not be one.
#pragma once

#include <functional>
#include <memory>

#include "gateway/audit/trail.h"
#include "gateway/postgres/settings.h"
#include "gateway/report_log/publish.h"
#include "gateway/report_log/report_log.h"
#include "gateway/signer/canary_watch.h"
#include "gateway/signer/certificate_watch.h"
#include "gateway/signer/clock.h"
#include "gateway/signer/keys.h"
#include "gateway/signer/outside_clock.h"
#include "gateway/signer/round.h"
#include "gateway/signer/stop.h"
#include "gateway/signer/witness_clocks.h"
#include "gateway/sql/database.h"
#include "heyan/v1/gateway.pb.h"
#include "verifier/report/log_entry.h"
#include "verifier/report/statement.h"
#include "verifier/transparency/note_key.h"
#include "verifier/trust/bundle.h"

namespace heyan::signer {

struct Settings {
  // The signer's own: "log.db", where the log is in a file, and why it stopped (stop.h).
  std::filesystem::path folder;
  std::filesystem::path public_log;  // folder of the published tiles
  trust::TrustBundle bundle;         // verified
  bool production = false;           // refuses sample lists
  // The last signed checkpoint of a log that cannot be continued: what the database holds of it is
  // left, and a log of another name begins that quotes it. Empty: the log goes on.
  std::string follows;
  // One is named and is not there: such a log must have begun already.
  bool follows_lacking = false;
  Clock clock;
  // The gateway serves litigants alone: no report is signed, and nothing is logged but what is
  // filed there. Canaries are heard as ever.
  bool litigants = false;
  std::vector<transparency::NoteVerifier> witnesses;  // of type 04, names unique; their clocks, too
  std::vector<crypto::Certificate> authorities;  // by whose clock ours is checked; empty: nobody's
  // Told once each time that the clock is not believed any more, and why.
  std::function<void(std::string_view)> clock_trouble;
  std::chrono::seconds canaries_every{300};
  Stop::Told stopped = {};                      // told why no report is signed any more
  audit::Trail* trail = nullptr;                // what is signed or refused is recorded there
  std::vector<std::filesystem::path> trails{};  // of the other processes, whose heads are logged
  std::function<void(std::string_view)> trail_trouble{};
  CertificateWatch::Told certificate_trouble{};  // told of each that is not valid
  // Told where it does not start since it has seen a newer bundle: of which version.
  std::function<void(std::int64_t)> newer_bundle_seen{};
  // Whether a token that keeps some of the keys has not signed when it was asked to.
  std::function<bool()> lost_token{};
};

class Signer {
 public:
  // kUnsupported: a bundle older than one seen before, a sample in production, or the database is
  // that of another log, or an earlier log had this one's name, or the log is signed with another
  // key, or announces others (announced.h); kChanged: the log is to follow one
  // that this machine's clock is behind, or quotes another checkpoint than `follows`; kNotFound: it
  // has not begun, and what it is to follow is lacking; kInternal: the log does not hold together.
  static core::Result<std::unique_ptr<Signer>> open(Settings settings, Keys keys);
  // Over a log that several share, in a database that prepare() brought to this version. Further
  // errors: postgres::Database::open's.
  static core::Result<std::unique_ptr<Signer>> open(const postgres::Settings& server,
                                                    Settings settings, Keys keys);
  // As the role that owns the tables, in a schema of their own, "heyan_log". Several at a time are
  // safe. postgres::migrate's errors.
  static core::Result<void> prepare(const postgres::Settings& owner);
  Signer(const Signer&) = delete;
  Signer& operator=(const Signer&) = delete;

  // One of the front's: it cannot have a report signed. Arguments outlive the round.
  Question for_front(const v1::FrontAsks& asks, v1::FrontGets& gets);
  // One judge's: a number, then its report; or what it makes of the canaries, and nothing else.
  // `begun` is what it asked for at the beginning.
  Question for_begin(const v1::SignerBegin& asks, v1::SignerBegun& begun);
  Question for_report(const v1::SignerBegin& begun, const v1::SignerReport& asks,
                      v1::SignerSigned& answer);
  // One renderer's: the statement for a report that was issued here, then the seal of a file of
  // it. The signer does not see the file; its signature says which payload it was made for.
  Question for_statement(const v1::SealBegin& asks, v1::SealBegun& begun);
  Question for_seal(const v1::SealBegin& begun, const v1::SealFile& asks, v1::Sealed& answer);
  // When it returns, each is answered or refused.
  void answer(std::span<const Question> questions);

  // The heads of the audit trails, this process's among them, into the log: those in which anything
  // was written since; where there are witnesses something always is, for them to sign and to say
  // when. A trail that cannot be read, or is shorter than before, is told of, recorded, and left
  // out.
  void log_heads();
  // Where there are witnesses: not before the front asks for the first checkpoint to bring them,
  // which it does when each was asked what it keeps of this log.
  // Nor before the clock is compared for the first time where there is somebody to compare it with.
  bool may_log_heads() const {
    return (settings_.witnesses.empty() || witnesses_met_) &&
           !outside_.is_awaited(settings_.clock.look().steady);
  }

  bool has_lost_token() const { return settings_.lost_token && settings_.lost_token(); }
  bool shares_log() const { return in_turns_; }
  // What other signers appended, into the folder of this one. Answering does it, too.
  core::Result<void> publish();

 private:
  Signer(Settings settings, Keys keys, std::unique_ptr<sql::Database> database, bool in_turns);
  static core::Result<std::unique_ptr<Signer>> start(Settings settings, Keys keys,
                                                     std::unique_ptr<sql::Database> database,
                                                     bool in_turns);
  core::Result<void> start();
  core::Result<void> see_bundle();
  core::Result<void> begin_log();
  core::Result<void> read_ends(sql::Transaction& transaction);
  core::Result<void> see_last();
  core::Result<void> expect_own_checkpoint();
  core::Result<void> expect_quoted(const std::string& quoted) const;
  core::Result<void> expect_new_name(const std::string& quoted);
  core::Result<void> leave_log(sql::Transaction& transaction, const std::string& origin);

  // Of whatever appends: where others do, too, what is known of the log's end is looked at again.
  core::Result<sql::Transaction> begin_turn();
  core::Result<void> take_turn(sql::Transaction& transaction);

  // Never before what was logged last; kChanged where the clock is not believed.
  core::Result<core::UtcTime> now();

  // kChanged: the certificate of that key is not valid now.
  core::Result<void> may_sign(std::string_view name, const report::ReportSigner& with);
  core::Result<void> may_sign_reports();
  // Security decision 25: front and judges of a machine on the internet that were taken over have
  // nothing signed or logged in the court's name.
  core::Result<void> expect_acts_of_court() const;
  void look_at_certificates();
  core::Result<core::UtcTime> signing_time(core::UtcTime logged);

  core::Result<Finish> answer_front(sql::Transaction& transaction, const v1::FrontAsks& asks,
                                    v1::FrontGets& gets);
  core::Result<Finish> take_in(sql::Transaction& transaction, const v1::Intake& intake,
                               v1::FrontGets& gets);
  core::Result<void> withdraw(sql::Transaction& transaction, const v1::Withdraw& asks);
  core::Result<v1::Deleted> delete_submission(sql::Transaction& transaction,
                                              const v1::DeleteSubmission& asks);
  // kNotFound: its files and case record are gone.
  core::Result<void> expect_not_deleted(const std::string& submission);
  core::Result<v1::StandingOf> standing(const v1::ReportStatus& asks);
  core::Result<std::uint64_t> index_of(const std::string& number);
  core::Result<v1::Backlog> backlog();
  core::Result<v1::ClockCompared> compare_clock(const v1::ClockAnswer& asks);
  core::Result<v1::PublishedKeys> published_keys() const;
  core::Result<std::optional<crypto::PublicKey>> earlier_receipt_key() const;
  core::Result<v1::WitnessQuestion> witness_question(const v1::WitnessQuestionOf& asks);
  core::Result<void> compare_with_kept(const v1::WitnessKept& asks);
  core::Result<void> take_cosignature(const v1::CosignedBy& asks);

  core::Result<std::string> number_for(const v1::SignerBegin& asks);
  core::Result<bool> are_as_receipted(const v1::SignerBegin& asks);
  core::Result<Finish> begin(const v1::SignerBegin& asks, v1::SignerBegun& begun);
  core::Result<Finish> hear(const v1::SignerBegin& asks, v1::SignerBegun& begun);
  core::Result<bool> load_logged(v1::SignerBegun& begun);
  core::Result<void> check_report(const v1::SignerBegin& begun, const v1::Report& report);
  core::Result<void> take_report(sql::Transaction& transaction, const v1::SignerBegin& begun,
                                 const v1::SignerReport& asks);
  core::Result<void> log_report(sql::Transaction& transaction, const v1::SignerBegin& begun,
                                const v1::SignerReport& asks);
  core::Result<void> supersede(sql::Transaction& transaction, const v1::SignerBegin& begun,
                               std::uint64_t index, core::UtcTime time);
  core::Result<std::string> envelope_of(const std::string& number);

  core::Result<report::Statement> issued_statement(const v1::SealBegin& asks);
  core::Result<std::string> seal_of(const v1::SealBegin& begun, const v1::SealFile& asks,
                                    core::UtcTime time) const;

  // The intake that a submission's reports name.
  core::Result<report::LogPlace> intake_of(const std::string& submission);

  // Appends within a transaction that the caller commits; in the next, the new head is signed.
  core::Result<std::uint64_t> append(sql::Transaction& transaction, const report::LogEntry& entry);
  core::Result<void> sign_head(sql::Transaction& transaction);
  core::Result<std::string> proof_of(std::uint64_t index);
  // The log's own checkpoint of that size, which it has signed or could have; with the lines of
  // witnesses.
  core::Result<std::string> checkpoint_text(std::uint64_t size) const;
  core::Result<std::string> checkpoint_of(std::uint64_t size) const;
  core::Result<std::string> cosigned_checkpoint_of(std::uint64_t size);
  core::Result<void> publish_cosigned();

  core::Result<void> record(std::span<const Question> questions,
                            std::span<const core::Result<void>> ends);
  void add_signed_head(std::vector<audit::Entry>& entries);
  core::Result<std::string> number_of(std::string_view payload_sha256);
  core::Result<std::vector<audit::Head>> new_heads();
  core::Result<void> log_heads(std::span<const audit::Head> heads);

  Settings settings_;
  OutsideClock outside_;
  WitnessClocks witness_clocks_;
  CanaryWatch canaries_;
  Stop stop_;
  CertificateWatch certificates_;
  Keys keys_;
  const bool in_turns_;  // others append, too
  std::unique_ptr<sql::Database> database_;
  std::unique_ptr<sql::StatementCache> statements_;
  std::unique_ptr<report_log::ReportLog> log_;
  std::unique_ptr<report_log::TilePublisher> publisher_;
  core::UtcTime last_logged_;
  bool clock_is_believed_ = true;
  bool witnesses_met_ = false;
  std::optional<std::uint64_t> signed_head_;  // a checkpoint of that size that is to be recorded
};

}  // namespace heyan::signer
