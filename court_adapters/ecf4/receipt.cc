#include <array>

#include "court_adapters/ecf/answer.h"
#include "court_adapters/ecf/case.h"
#include "court_adapters/ecf4/answers.h"

namespace heyan::court_adapters::ecf4 {
namespace {

using markup::DraftElement;

constexpr std::array<const markup::Namespace*, 4> kDeclared = {&kReceipt, &kEcf, &kNc, &kJ};

void add_identification(const DraftElement& to, std::string_view id, std::string_view category) {
  if (id.empty()) return;
  const DraftElement identification = to.add(kNc, "DocumentIdentification");
  identification.add(kNc, "IdentificationID", id);
  identification.add(kNc, "IdentificationCategoryText", category);
}

}  // namespace

void add_head(const DraftElement& message, const Head& head, const Request& request) {
  add_identification(message, head.id, "messageID");
  add_identification(message, head.asked, "requestMessageID");
  add_identification(message, head.filing, "filingID");
  message.add(kNc, "DocumentPostDate").add(kNc, "DateTime", ecf::time_text(head.at_ms));
  message.add(kEcf, "SendingMDELocationID").add(kNc, "IdentificationID", ecf::own_address(request));
  message.add(kEcf, "SendingMDEProfileCode", ecf::names(ecf::Version::k401).profiles.back());
}

Answer write_status(const Request& request, const ecf::Message& message,
                    const ecf::Status& receipt) {
  v1::Submission asked;
  ecf::Defects told;
  ecf::read_case(message.root, ecf::names(ecf::Version::k401), {}, asked, told);
  return ecf::write_answer(200, message.enveloped, kReceipt, "MessageReceiptMessage", kDeclared,
                           [&](const DraftElement& said) {
                             add_head(said,
                                      {.id = receipt.id,
                                       .asked = message.message_id,
                                       .filing = receipt.filing,
                                       .at_ms = receipt.at_ms},
                                      request);
                             const DraftElement court = said.add(kJ, "CaseCourt");
                             court.add(kNc, "OrganizationIdentification")
                                 .add(kNc, "IdentificationID", asked.court().code());
                             if (!asked.court().name().empty())
                               court.add(kJ, "CourtName", asked.court().name());
                             for (const ecf::Told& each : receipt.told) {
                               const DraftElement error = said.add(kEcf, "Error");
                               error.add(kEcf, "ErrorCode", std::to_string(each.number));
                               error.add(
                                   kEcf, "ErrorText",
                                   each.place.empty() ? each.text : each.place + ": " + each.text);
                             }
                           });
}

}  // namespace heyan::court_adapters::ecf4
