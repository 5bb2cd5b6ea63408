// The HTTP interface (schemas/openapi.yaml): routes, and what each does with the service.
//
// Threat: the network. Court, account and time are the caller's own, from its certificate; what is
// not the caller's is as if it were not there. Coroutines; everything that blocks runs on the
// workers. Many exchanges at once.
#pragma once

#include <atomic>

#include "gateway/api/caller.h"
#include "gateway/api/previews.h"
#include "gateway/api/rate_limit.h"
#include "gateway/api/recorded.h"
#include "gateway/api/settings.h"
#include "gateway/api/sign_ins.h"
#include "gateway/front/admission.h"
#include "gateway/front/exchange.h"
#include "gateway/front/signal.h"
#include "gateway/service/checksum.h"
#include "gateway/service/drawing.h"
#include "gateway/service/served_file.h"

namespace heyan::api {

class CourtUpload;
class Upload;

inline constexpr std::size_t kStreams = 256;
inline constexpr std::size_t kStreamsPerAccount = 8;
// Bodies of whole submissions that people send; of each as many as may be under way at full size.
inline constexpr std::size_t kBodies = 1024;
inline constexpr std::size_t kBodiesPerAccount = 8;
// Reports that anybody may have checked; the other workers stay with the courts.
inline constexpr std::ptrdiff_t kChecksAtOnce = 4;
// Pages of PDFs; the other workers stay with what does not take so long. Of one account as many as
// stand side by side: whose pages are slow to draw keeps nobody else from theirs.
inline constexpr std::size_t kDrawingsAtOnce = 8;
inline constexpr std::size_t kDrawingsPerAccount = 2;
// Who turns pages faster than they are drawn waits so long.
inline constexpr std::chrono::seconds kDrawingWait{10};
// Who waits for a provider; the other workers stay with everybody else.
inline constexpr std::ptrdiff_t kIdentitiesAtOnce = 4;
// Of each client, behind which there may be a court: sign-ins at a provider that begin.
inline constexpr Rate kProviderSignIns{.per_second = 5, .burst = 100};
// Of each client: a page that is attacked reports many at once.
inline constexpr Rate kCspReports{.per_second = 1, .burst = 30};
// Of sign-ins that were put off, in the audit trail: all together.
inline constexpr Rate kDelaysRecorded{.per_second = 1, .burst = 60};

class Api final : public front::Handler {
 public:
  Api(Settings settings, Parts parts)
      : settings_(std::move(settings)),
        parts_(std::move(parts)),
        account_rate_(settings_.account_rate),
        people_rate_(settings_.people_rate),
        public_rate_(settings_.public_rate),
        csp_rate_(kCspReports),
        provider_rate_(kProviderSignIns),
        delays_rate_(kDelaysRecorded) {}

  void interpret(http::RequestHead& head) const override;
  front::Task<void> handle(front::Exchange& exchange) override;

 private:
  using Segments = std::vector<std::string>;

  front::Task<void> handle_known(front::Exchange& exchange, const Segments& path);
  static bool is_health(const front::Exchange& exchange);
  front::Task<void> health(front::Exchange& exchange);
  front::Task<void> page(front::Exchange& exchange);
  front::Task<void> log_file(front::Exchange& exchange, const Segments& path);
  static bool is_session(const front::Exchange& exchange);
  front::Task<void> session(Recorded& exchange);
  void note_delay(Recorded& exchange);
  front::Task<void> take(Recorded& exchange, Right right);
  // What is for other judges of the court. True where that was answered.
  front::Task<bool> refuse_for_others(Recorded& exchange, Caller caller, Right right);
  // Of a request that has begun: its session lives, which it uses, and what it is about is still
  // for its caller. kNotFound with kSessionOver or kTakenAway; kIo. Blocks; any thread.
  core::Result<void> still_may(Caller caller, Right right, const Segments& path);
  // Before anything of a change is done: what is asked ahead (recorded.h) is recorded. False where
  // that was answered.
  front::Task<bool> enter_change(Recorded& exchange);
  front::Task<void> sign_in(Recorded& exchange);
  front::Task<void> sign_out(Recorded& exchange, accounts::Current current);
  front::Task<void> change_password(Recorded& exchange);
  front::Task<void> propose_factor(Recorded& exchange);
  const Provider* provider(std::string_view id) const;
  front::Task<void> oidc(Recorded& exchange);
  front::Task<void> list_providers(Recorded& exchange);
  front::Task<void> begin_at_provider(Recorded& exchange, const Provider& provider);
  front::Task<void> return_from_provider(Recorded& exchange, const Provider& provider);
  // Blocks.
  core::Result<void> record_account(const accounts::Person& person,
                                    const accounts::Identity& identity);
  front::Task<void> redeem(Recorded& exchange, const Provider& provider, std::string browser,
                           SignIns::Taken taken, std::string code);
  // Confirms the second factor that is wanted, or takes it away.
  front::Task<void> take_code(Recorded& exchange, bool wanted);
  // Whose session the request is of, and that its own pages sent it; nothing where that was
  // answered. `used`: the session lives on.
  front::Task<std::optional<accounts::Current>> signed_in(Recorded& exchange, bool used);
  // Likewise, for who changes the own account: enter_change.
  front::Task<std::optional<accounts::Current>> about_to_change(Recorded& exchange);
  // Nothing where that was answered.
  front::Task<std::optional<Caller>> who_asks(Recorded& exchange);
  front::Task<void> submissions(Recorded& exchange, Caller caller, const Segments& path);
  front::Task<void> submit(Recorded& exchange, Caller caller);
  front::Task<bool> receive_whole(Recorded& exchange, const Caller& caller, const std::string& key,
                                  const std::string& id, Upload& upload);
  front::Task<void> submit_case(Recorded& exchange, Caller caller, std::string key);
  front::Task<void> submission(front::Exchange& exchange, Caller caller, std::string id);
  front::Task<void> events(front::Exchange& exchange, Caller caller, std::string id);
  front::Task<void> submission_received(front::Exchange& exchange, Caller caller, std::string id);
  front::Task<void> verify_again(front::Exchange& exchange, Caller caller, std::string id);
  // To anybody: what the protocol is, is no secret, and a client asks before it signs in.
  front::Task<void> offer_uploads(front::Exchange& exchange, const Segments& path);
  // Above a TusExchange.
  front::Task<void> uploads(Recorded& exchange, Caller caller, const Segments& path);
  front::Task<void> begin_upload(Recorded& exchange, Caller caller);
  front::Task<void> upload_state(front::Exchange& exchange, Caller caller, std::string id);
  front::Task<void> continue_upload(front::Exchange& exchange, Caller caller, std::string id);
  front::Task<core::Result<void>> receive_piece(front::Exchange& exchange,
                                                service::UploadWriter& writer,
                                                service::PieceDigest* digest);
  struct UploadTurn {
    service::UploadWriter writer;
    bool taken_over = false;  // from another request, which may have moved the upload
  };
  front::Task<core::Result<UploadTurn>> take_turn(front::Exchange& exchange, const Caller& caller,
                                                  std::string_view id);
  front::Task<void> drop_upload(front::Exchange& exchange, Caller caller, std::string id);
  front::Task<void> courts(front::Exchange& exchange, Caller caller, const Segments& path);
  front::Task<void> court_message(front::Exchange& exchange, Caller caller, std::string adapter);
  front::Task<void> take_message(front::Exchange& exchange, const Caller& caller,
                                 const std::string& adapter, const std::string& id,
                                 CourtUpload& upload);
  front::Task<void> court_answer(front::Exchange& exchange, Caller caller, std::string adapter,
                                 std::string id);
  // As it is when it has ended, or the time of "Prefer: wait=N" is over; nothing where there is
  // none.
  front::Task<core::Result<std::optional<store::Submission>>> await_end(front::Exchange& exchange,
                                                                        const Caller& caller,
                                                                        const std::string& id);
  front::Task<void> reports(front::Exchange& exchange, Caller caller, const Segments& path);
  // What needs no caller.
  static bool is_for_anybody(const Segments& path);
  front::Task<void> anybody(front::Exchange& exchange, const Segments& path);
  front::Task<void> keys(front::Exchange& exchange);
  front::Task<void> csp_report(front::Exchange& exchange);
  front::Task<void> operate(front::Exchange& exchange, const Caller& caller, const Segments& path);
  front::Task<void> operator_state(front::Exchange& exchange);
  front::Task<void> show_trust(front::Exchange& exchange, const Caller& caller);
  front::Task<void> show_ledgers(front::Exchange& exchange);
  front::Task<void> preview_trust(front::Exchange& exchange);
  front::Task<void> public_report(front::Exchange& exchange, std::string number);
  front::Task<void> worklist(front::Exchange& exchange, Caller caller);
  front::Task<void> submission_part(Recorded& exchange, Caller caller, const Segments& path);
  enum class NoteChange : std::uint8_t { kSupplement, kAnnotation };
  front::Task<void> change_notes(front::Exchange& exchange, Caller caller, std::string id,
                                 NoteChange change);
  front::Task<void> supplements(front::Exchange& exchange, Caller caller, std::string id);
  front::Task<void> annotations(front::Exchange& exchange, Caller caller, std::string id);
  front::Task<void> assignment(Recorded& exchange, Caller caller, std::string id);
  front::Task<void> add_assignment(Recorded& exchange, Caller caller, std::string id);
  front::Task<void> end_assignment(Recorded& exchange, Caller caller, std::string id);
  front::Task<void> show_assignment(front::Exchange& exchange, Caller caller, std::string id);
  front::Task<void> judges(front::Exchange& exchange, Caller caller);
  front::Task<void> access(Recorded& exchange, Caller caller, std::string id);
  front::Task<void> break_glass(Recorded& exchange, Caller caller, std::string id);
  front::Task<void> show_access(front::Exchange& exchange, Caller caller, std::string id);
  front::Task<void> accesses(front::Exchange& exchange, Caller caller);
  enum class DeletionChange : std::uint8_t { kAsk, kConfirm, kCancel, kHold, kRelease };
  front::Task<void> deletion(Recorded& exchange, Caller caller, const Segments& path);
  front::Task<void> show_deletion(front::Exchange& exchange, Caller caller, std::string id);
  front::Task<void> change_deletion(Recorded& exchange, Caller caller, std::string id,
                                    DeletionChange change);
  front::Task<void> begin_preview(Recorded& exchange, Caller caller, std::string id);
  front::Task<void> preview(front::Exchange& exchange, const Segments& path);
  front::Task<void> show_page(front::Exchange& exchange, const Preview& preview,
                              service::ServedFile& file, const v1::DrawAsk& ask);
  // draw_page, when there is a place. kLimit: there was none for kDrawingWait.
  front::Task<core::Result<v1::DrawGets>> draw_in_turn(front::Exchange& exchange,
                                                       std::string account,
                                                       service::ServedFile& file,
                                                       const v1::DrawAsk& ask);
  front::Task<void> refuse_drawing(front::Exchange& exchange, const core::Error& error);
  // `piece`: the first of the file.
  front::Task<void> send_file(front::Exchange& exchange, http::Answer answer,
                              service::ServedFile& file, core::Bytes piece);
  front::Task<void> refuse_file(front::Exchange& exchange, const core::Error& error);
  front::Task<void> scans(front::Exchange& exchange, Caller caller, std::string id);
  front::Task<void> receipt(front::Exchange& exchange, Caller caller, std::string id);
  front::Task<void> stored_file(Recorded& exchange, Caller caller, std::string id,
                                std::string path);
  front::Task<void> verify_report(front::Exchange& exchange);
  front::Task<void> report(front::Exchange& exchange, Caller caller, std::string number);
  front::Task<void> log_proof(front::Exchange& exchange, Caller caller, std::string number);
  front::Task<void> withdraw(front::Exchange& exchange, Caller caller, std::string number);

  // Before a change, or what costs as much: absent where the account may go on.
  std::optional<std::chrono::seconds> wait_of(const Caller& caller);
  // What is nearly full, memory or disk; empty where nothing is. Asked before anything of a body is
  // written, whoever sends it. Of submissions it is counted.
  enum class Brings : std::uint8_t { kSubmission, kSomethingElse };
  front::Task<std::string> lack(front::Exchange& exchange, Brings brings = Brings::kSubmission);
  // True where that was answered.
  front::Task<bool> refuse_for_lack(front::Exchange& exchange, Brings brings = Brings::kSubmission);

  Settings settings_;
  Parts parts_;
  RateLimit account_rate_;
  RateLimit people_rate_;
  RateLimit public_rate_;
  RateLimit csp_rate_;
  RateLimit provider_rate_;
  SignIns sign_ins_;
  RateLimit delays_rate_;
  std::atomic<std::uint64_t> delays_left_out_{0};  // since one was recorded
  front::Admission streams_{kStreams, kStreamsPerAccount};
  front::Admission bodies_{kBodies, kBodiesPerAccount};
  Places checks_{kChecksAtOnce};
  front::Admission drawings_{kDrawingsAtOnce, kDrawingsPerAccount};
  front::Signal drawn_;  // a place became free
  Places identities_{kIdentitiesAtOnce};
  Previews previews_;
};

}  // namespace heyan::api
