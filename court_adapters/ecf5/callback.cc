#include <array>

#include "court_adapters/ecf/answer.h"
#include "court_adapters/ecf/case.h"
#include "court_adapters/ecf/review.h"
#include "court_adapters/ecf5/answers.h"
#include "verifier/crypto/digest.h"

namespace heyan::court_adapters::ecf5 {
namespace {

using markup::DraftElement;

constexpr std::array<const markup::Namespace*, 5> kDeclared = {&kWrappers, &kCallback, &kEcf, &kNc,
                                                               &kJ};

// "received" and never "accepted": a court decides that, not we.
constexpr std::string_view kReceived = "received";

void add_disposition(const DraftElement& review, std::string_view status_text,
                     std::string_view said, std::int64_t at_ms, bool added) {
  const DraftElement disposition = review.add(kEcf, "DocumentReviewDisposition");
  if (added) disposition.add(kEcf, "DocumentAddedInReviewIndicator", "true");
  const DraftElement status = disposition.add(kEcf, "DocumentReviewStatus");
  status.add(kNc, "StatusText", status_text);
  if (!said.empty()) status.add(kNc, "StatusDescriptionText", said);
  status.add(kNc, "StatusDate").add(kNc, "DateTime", ecf::time_text(at_ms));
}

// Without nc:BinaryURI: nothing is sent along that it could name.
void add_rendition(const DraftElement& augmentation, const ecf::ReviewedFile& file) {
  const DraftElement rendition = augmentation.add(kEcf, "DocumentRendition");
  rendition.add(kNc, "DocumentIdentification");
  if (!file.sha256.empty()) rendition.add(kEcf, "DocumentRenditionHash", file.sha256);
  const DraftElement attachment = rendition.add(kNc, "Attachment");
  if (!file.attachment->format.empty()) {
    attachment.add(kNc, "BinaryFormatText", file.attachment->format);
  }
  if (!file.sha256.empty()) {
    attachment.add(kNc, "BinarySizeValue", std::to_string(file.size));
  }
}

void add_document(const DraftElement& message, const ecf::ReviewedDocument& reviewed,
                  std::size_t number, std::int64_t at_ms) {
  const DraftElement review =
      message.add(kEcf, reviewed.document->lead ? "LeadDocumentReview" : "ConnectedDocumentReview");
  add_disposition(review, reviewed.status(), reviewed.said, at_ms, false);
  const DraftElement document = review.add(kEcf, "ReviewedDocument");
  if (!reviewed.document->title.empty()) {
    document.add(kNc, "DocumentDescriptionText", reviewed.document->title);
  }
  const DraftElement identification = document.add(kNc, "DocumentIdentification");
  if (!reviewed.document->id.empty()) {
    identification.add(kNc, "IdentificationID", reviewed.document->id);
  }
  document.add(kNc, "DocumentSequenceID", std::to_string(number));
  if (reviewed.files.empty()) return;
  const DraftElement augmentation = document.add(kEcf, "DocumentAugmentation");
  for (const ecf::ReviewedFile& file : reviewed.files) add_rendition(augmentation, file);
}

// The signed report, within the message: the schema allows bytes in an attachment, and a client
// needs no parts to get it.
void add_report(const DraftElement& message, const Request& request, const Outcome& outcome,
                std::int64_t at_ms) {
  const auto report = ecf::report_file(outcome, *request.settings);
  if (!report) return;
  const DraftElement review = message.add(kEcf, "ConnectedDocumentReview");
  add_disposition(review, kReceived, {}, at_ms, true);
  const DraftElement document = review.add(kEcf, "ReviewedDocument");
  document.add(kNc, "DocumentIdentification")
      .add(kNc, "IdentificationID", outcome.report->number());
  const DraftElement rendition =
      document.add(kEcf, "DocumentAugmentation").add(kEcf, "DocumentRendition");
  rendition.add(kNc, "DocumentIdentification");
  const core::ByteView bytes = core::as_bytes(report->bytes);
  rendition.add(kEcf, "DocumentRenditionHash", core::to_hex(crypto::sha256(bytes)));
  const DraftElement attachment = rendition.add(kNc, "Attachment");
  attachment.add_base64(kNc, "Base64BinaryObject", bytes);
  attachment.add(kNc, "BinaryFormatText", report->media_type);
  attachment.add(kNc, "BinarySizeValue", std::to_string(bytes.size()));
}

void add_case(const DraftElement& message, const ecf::Message& request, const ecf::Names& names) {
  const markup::Element asked = ecf::case_of(request.root, names);
  const DraftElement of = message.add(kNc, "Case");
  const std::string title = asked.child(names.nc, "CaseTitleText").value();
  if (!title.empty()) of.add(kNc, "CaseTitleText", title);
  const DraftElement augmentation = of.add(kEcf, "CaseAugmentation");
  const std::string number = ecf::case_number(asked, names);
  if (!number.empty()) augmentation.add(kJ, "CaseNumberText", number);
}

void add_court(const DraftElement& message, const v1::Court& court) {
  const DraftElement of = message.add(kJ, "CaseCourt");
  of.add(kNc, "OrganizationIdentification").add(kNc, "IdentificationID", court.code());
  if (!court.name().empty()) of.add(kJ, "CourtName", court.name());
}

void fill(const DraftElement& operation, const Request& request, const ecf::Message& asked,
          const Outcome& outcome) {
  const ecf::Names& names = ecf::names(ecf::Version::k50);
  const std::int64_t at_ms = outcome.report->as_of_ms();
  const DraftElement message = operation.add(kCallback, "NotifyFilingReviewCompleteMessage");
  add_identification(message, outcome.report->number(), "messageID", "FilingReview");
  if (!asked.message_id.empty()) {
    add_identification(message, asked.message_id, "messageID", "FilingAssembly");
  }
  add_identification(message, outcome.accepted.submission, "filingID", "FilingReview");
  message.add(kEcf, "SendingMDELocationID").add(kNc, "IdentificationID", ecf::own_address(request));
  message.add(kEcf, "ServiceInteractionProfileCode", names.profiles.back());
  add_court(message, outcome.report->court());
  message.add(kNc, "DocumentPostDate").add(kNc, "DateTime", ecf::time_text(at_ms));
  const auto documents = ecf::review(asked, outcome);
  std::size_t number = 0;
  for (const auto& document : documents) {
    ++number;
    if (!document.document->lead) add_document(message, document, number, at_ms);
  }
  add_report(message, request, outcome, at_ms);
  const DraftElement status = message.add(kEcf, "FilingStatus");
  status.add(kNc, "StatusDescriptionText", ecf::said_of_all(outcome));
  status.add(kEcf, "FilingReviewStatusCode", kReceived);
  number = 0;
  for (const auto& document : documents) {
    ++number;
    if (document.document->lead) add_document(message, document, number, at_ms);
  }
  add_case(message, asked, names);
}

}  // namespace

Answer write_callback(const Request& request, const ecf::Message& message, const Outcome& outcome) {
  return ecf::write_answer(
      200, message.enveloped, kWrappers, "NotifyFilingReviewCompleteRequest", kDeclared,
      [&](const DraftElement& operation) { fill(operation, request, message, outcome); });
}

}  // namespace heyan::court_adapters::ecf5
