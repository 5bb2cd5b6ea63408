#include <array>

#include "court_adapters/ecf/answer.h"
#include "court_adapters/ecf5/answers.h"

namespace heyan::court_adapters::ecf5 {
namespace {

using markup::DraftElement;

constexpr std::array<const markup::Namespace*, 4> kDeclared = {&kWrappers, &kCbrn, &kEcf, &kNc};

void add_error(const DraftElement& to, const ecf::Told& error) {
  const DraftElement content = to.add(kCbrn, "MessageContentError");
  content.add(kCbrn, "ErrorNodeName", error.place.empty() ? "/" : error.place);
  const DraftElement description = content.add(kCbrn, "ErrorDescription");
  description.add(kCbrn, "ErrorCodeText", std::to_string(error.number));
  description.add(kCbrn, "ErrorCodeDescriptionText", error.text);
}

void fill(const DraftElement& response, const ecf::Message& message, const ecf::Status& status) {
  const DraftElement said = response.add(kCbrn, "MessageStatus");
  said.set(kCbrn, "systemSimulatedIndicator", "false");
  said.add(kCbrn, "SystemEventDateTime", ecf::time_text(status.at_ms));
  said.add(kCbrn, "SystemOperatingModeCode", "Ops");
  said.add(kCbrn, "CredentialsAuthenticatedCode", "Authenticated");
  said.add(kCbrn, "MessageStatusCode", status.code);
  int worst = 0;
  for (const ecf::Told& error : status.told) {
    add_error(said, error);
    if (worst == 0) worst = error.number;
  }
  said.add(kCbrn, "MessageHandlingError").add(kCbrn, "ErrorCodeText", std::to_string(worst));
  said.add(kCbrn, "ResendRequestIndicator", "false");
  const DraftElement more = said.add(kEcf, "MessageStatusAugmentation");
  add_identification(more, status.id, "messageID", "FilingReview");
  if (!message.message_id.empty()) {
    add_identification(more, message.message_id, "messageID", "FilingAssembly");
  }
  if (!status.filing.empty()) add_identification(more, status.filing, "filingID", "FilingReview");
}

}  // namespace

void add_identification(const DraftElement& to, std::string_view id, std::string_view category,
                        std::string_view source) {
  const DraftElement identification = to.add(kNc, "DocumentIdentification");
  identification.add(kNc, "IdentificationID", id);
  identification.add(kNc, "IdentificationCategoryDescriptionText", category);
  identification.add(kNc, "IdentificationSourceText", source);
}

Answer write_status(const Request& /*request*/, const ecf::Message& message,
                    const ecf::Status& status) {
  return ecf::write_answer(
      200, message.enveloped, kWrappers,
      message.callback ? "NotifyFilingReviewCompleteResponse" : "ReviewFilingResponse", kDeclared,
      [&](const DraftElement& response) { fill(response, message, status); });
}

}  // namespace heyan::court_adapters::ecf5
