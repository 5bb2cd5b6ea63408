#include <array>

#include "court_adapters/ecf/answer.h"
#include "court_adapters/ecf/case.h"
#include "court_adapters/ecf/review.h"
#include "court_adapters/ecf4/answers.h"
#include "verifier/crypto/digest.h"

namespace heyan::court_adapters::ecf4 {
namespace {

using markup::DraftElement;

constexpr std::array<const markup::Namespace*, 5> kDeclared = {&kWrappers, &kCallback, &kEcf, &kNc,
                                                               &kJ};

// "received" and never "accepted": a court decides that, not we.
constexpr std::string_view kReceived = "received";

// The parts that a reviewed document must have, and that say nothing here.
void add_metadata(const DraftElement& document, std::string_view action) {
  const DraftElement metadata = document.add(kEcf, "DocumentMetadata");
  metadata.add(kJ, "RegisterActionDescriptionText", action);
  metadata.add(kEcf, "FilingAttorneyID");
  metadata.add(kEcf, "FilingPartyID");
}

DraftElement add_rendition(const DraftElement& document) {
  return document.add(kEcf, "DocumentRendition").add(kEcf, "DocumentRenditionMetadata");
}

// Without nc:BinaryLocationURI: nothing is sent along that it could name.
void add_attachment(const DraftElement& metadata, const ecf::ReviewedFile& file) {
  const DraftElement attachment = metadata.add(kEcf, "DocumentAttachment");
  if (!file.attachment->format.empty()) {
    attachment.add(kNc, "BinaryFormatStandardName", file.attachment->format);
  }
  if (!file.sha256.empty()) attachment.add(kNc, "BinarySizeValue", std::to_string(file.size));
}

std::string action_of(const ecf::SentDocument& document, const ecf::Names& names) {
  return document.element.child(names.common, "DocumentMetadata")
      .child(names.j, "RegisterActionDescriptionText")
      .value();
}

void add_document(const DraftElement& message, const ecf::ReviewedDocument& reviewed,
                  std::size_t number, bool lead, const ecf::Names& names) {
  const ecf::SentDocument& sent = *reviewed.document;
  const DraftElement document =
      message.add(kEcf, lead ? "ReviewedLeadDocument" : "ReviewedConnectedDocument");
  if (!sent.title.empty()) document.add(kNc, "DocumentDescriptionText", sent.title);
  if (!sent.id.empty()) {
    document.add(kNc, "DocumentIdentification").add(kNc, "IdentificationID", sent.id);
  }
  document.add(kNc, "DocumentSequenceID", std::to_string(number));
  const DraftElement status = document.add(kNc, "DocumentStatus");
  status.add(kNc, "StatusText", reviewed.status());
  if (!reviewed.said.empty()) status.add(kNc, "StatusDescriptionText", reviewed.said);
  add_metadata(document, action_of(sent, names));
  const DraftElement metadata = add_rendition(document);
  for (const ecf::ReviewedFile& file : reviewed.files) add_attachment(metadata, file);
  if (reviewed.files.empty()) metadata.add(kEcf, "DocumentAttachment");
  // One hash for the document: of several files there is none.
  if (reviewed.files.size() == 1 && !reviewed.files.front().sha256.empty()) {
    document.add(kEcf, "DocumentHashText", reviewed.files.front().sha256);
  }
}

// The signed report, within the message.
void add_report(const DraftElement& message, const Request& request, const Outcome& outcome) {
  const auto report = ecf::report_file(outcome, *request.settings);
  if (!report) return;
  const DraftElement document = message.add(kEcf, "ReviewedConnectedDocument");
  document.add(kNc, "DocumentIdentification")
      .add(kNc, "IdentificationID", outcome.report->number());
  document.add(kNc, "DocumentStatus").add(kNc, "StatusText", kReceived);
  add_metadata(document, "");
  const core::ByteView bytes = core::as_bytes(report->bytes);
  const DraftElement attachment = add_rendition(document).add(kEcf, "DocumentAttachment");
  attachment.add_base64(kNc, "BinaryBase64Object", bytes);
  attachment.add(kNc, "BinaryFormatStandardName", report->media_type);
  attachment.add(kNc, "BinarySizeValue", std::to_string(bytes.size()));
  document.add(kEcf, "DocumentHashText", core::to_hex(crypto::sha256(bytes)));
}

void fill(const DraftElement& message, const Request& request, const ecf::Message& asked,
          const Outcome& outcome) {
  const ecf::Names& names = ecf::names(ecf::Version::k401);
  add_head(message,
           {.id = outcome.report->number(),
            .asked = asked.message_id,
            .filing = outcome.accepted.submission,
            .at_ms = outcome.report->as_of_ms()},
           request);
  const markup::Element sent = ecf::case_of(asked.root, names);
  const DraftElement of = message.add(kNc, "Case");
  const std::string title = sent.child(names.nc, "CaseTitleText").value();
  if (!title.empty()) of.add(kNc, "CaseTitleText", title);
  const std::string number = ecf::case_number(sent, names);
  if (!number.empty()) of.add(kNc, "CaseDocketID", number);
  const DraftElement status = message.add(kEcf, "FilingStatus");
  status.add(kNc, "StatusText", kReceived);
  status.add(kNc, "StatusDescriptionText", ecf::said_of_all(outcome));
  status.add(kEcf, "FilingStatusCode", kReceived);
  // The schema has one lead document in a callback: what is more follows among the others.
  std::size_t place = 0;
  for (const auto& document : ecf::review(asked, outcome)) {
    ++place;
    add_document(message, document, place, place == 1, names);
  }
  add_report(message, request, outcome);
}

}  // namespace

Answer write_callback(const Request& request, const ecf::Message& message, const Outcome& outcome) {
  if (!message.enveloped) {
    return ecf::write_answer(
        200, false, kCallback, "ReviewFilingCallbackMessage", kDeclared,
        [&](const DraftElement& callback) { fill(callback, request, message, outcome); });
  }
  return ecf::write_answer(200, true, kWrappers, "NotifyFilingReviewCompleteRequestMessage",
                           kDeclared, [&](const DraftElement& operation) {
                             operation.add(kEcf, "SendingMDELocationID")
                                 .add(kNc, "IdentificationID", ecf::own_address(request));
                             operation.add(kEcf, "SendingMDEProfileCode",
                                           ecf::names(ecf::Version::k401).profiles.back());
                             fill(operation.add(kCallback, "ReviewFilingCallbackMessage"), request,
                                  message, outcome);
                           });
}

}  // namespace heyan::court_adapters::ecf4
