#include "court_adapters/ecf/names.h"

#include <array>

namespace heyan::court_adapters::ecf {
namespace {

using Codes = std::string_view;

constexpr std::string_view kNc5 = "http://release.niem.gov/niem/niem-core/4.0/";
constexpr std::string_view kEcf5 = "https://docs.oasis-open.org/legalxml-courtfiling/ns/v5.0/ecf";
constexpr std::string_view kFiling5 =
    "https://docs.oasis-open.org/legalxml-courtfiling/ns/v5.0/filing";
constexpr std::string_view kWrappers5 =
    "https://docs.oasis-open.org/legalxml-courtfiling/ns/v5.0/wrappers";

constexpr std::array<Codes, 6> kFilingReview = {"accepted", "cancelled", "partially-accepted",
                                                "received", "rejected",  "issued"};
constexpr std::array<Codes, 3> kFilingDocketing = {"successful", "unsuccessful", "not applicable"};
constexpr std::array<Codes, 4> kDocument = {"accepted", "received", "rejected", "issued"};
constexpr std::array<Codes, 4> kService = {"delivered", "opened", "sent", "unrecognized"};
constexpr std::array<Codes, 5> kSignature = {
    "urn:oasis:names:tc:legalxml-courtfiling:schema:xsd:ApplicationSignature-1.0",
    "urn:oasis:names:tc:legalxml-courtfiling:schema:xsd:NullSignature-1.0",
    "urn:oasis:names:tc:legalxml-courtfiling:schema:xsd:ProxySignature-1.0",
    "urn:oasis:names:tc:legalxml-courtfiling:schema:xsd:SymmetricSignature-1.0",
    "urn:oasis:names:tc:legalxml-courtfiling:schema:xsd:XMLSignature-1.0"};
// The code lists of 5.0 CS01 that courts may not extend.
constexpr std::array<CodeList, 6> kCodeLists5 = {
    CodeList{{kEcf5, "FilingReviewStatusCode"}, kFilingReview},
    CodeList{{kEcf5, "FilingDocketingStatusCode"}, kFilingDocketing},
    CodeList{{kEcf5, "DocumentReviewStatusCode"}, kDocument},
    CodeList{{kEcf5, "DocumentDocketingStatusCode"}, kDocument},
    CodeList{{kEcf5, "ServiceStatusCode"}, kService},
    CodeList{{kEcf5, "SignatureProfileCode"}, kSignature}};

// The text of the Web Services profile says the first, its code list and examples the second.
constexpr std::array<Codes, 2> kProfiles5 = {
    "urn:oasis:names:tc:legalxml-courtfiling:schema:xsd:WebServicesProfile-5.0",
    "urn:oasis:names:tc:legalxml-courtfiling:schema:xsd:WebServicesMessaging-5.0"};
constexpr std::array<Codes, 3> kReferences5 = {"ref", "metadata", "relationshipMetadata"};

constexpr Names kNames5 = {
    .version = Version::k50,
    .family = "https://docs.oasis-open.org/legalxml-courtfiling/ns/v5.0/",
    .nc = kNc5,
    .j = "http://release.niem.gov/niem/domains/jxdm/6.1/",
    .structures = "http://release.niem.gov/niem/structures/4.0/",
    .common = kEcf5,
    .wrappers = kWrappers5,
    .filing = {kFiling5, "FilingMessage"},
    .review_request = {kWrappers5, "ReviewFilingRequest"},
    .callback = {"https://docs.oasis-open.org/legalxml-courtfiling/ns/v5.0/reviewfilingcallback",
                 "NotifyFilingReviewCompleteMessage"},
    .callback_request = {kWrappers5, "NotifyFilingReviewCompleteRequest"},
    .lead = {kFiling5, "FilingLeadDocument"},
    .connected = {kFiling5, "FilingConnectedDocument"},
    .reviewed_lead = {kEcf5, "LeadDocumentReview"},
    .reviewed_connected = {kEcf5, "ConnectedDocumentReview"},
    .attachment = {kNc5, "Attachment"},
    .hash = {kEcf5, "DocumentRenditionHash"},
    .format = {kNc5, "BinaryFormatText"},
    .uri = {kNc5, "BinaryURI"},
    .inline_bytes = {kNc5, "Base64BinaryObject"},
    .profile = {kEcf5, "ServiceInteractionProfileCode"},
    .profiles = kProfiles5,
    .references = kReferences5,
    .code_lists = kCodeLists5};

constexpr std::string_view kNc4 = "http://niem.gov/niem/niem-core/2.0";
constexpr std::string_view kEcf4 =
    "urn:oasis:names:tc:legalxml-courtfiling:schema:xsd:CommonTypes-4.0";
constexpr std::string_view kCore4 =
    "urn:oasis:names:tc:legalxml-courtfiling:schema:xsd:CoreFilingMessage-4.0";
constexpr std::string_view kWrappers4 =
    "urn:oasis:names:tc:legalxml-courtfiling:wsdl:WebServicesProfile-Definitions-4.0";
constexpr std::array<Codes, 4> kProfiles4 = {
    "urn:oasis:names:tc:legalxml-courtfiling:schema:xsd:WebServicesProfile-2.0",
    "urn:oasis:names:tc:legalxml-courtfiling:schema:xsd:WebServicesMessaging-2.1",
    "urn:oasis:names:tc:legalxml-courtfiling:schema:xsd:WebServicesMessaging-2.01",
    "urn:oasis:names:tc:legalxml-courtfiling:schema:xsd:WebServicesMessaging-2.0"};
constexpr std::array<Codes, 3> kReferences4 = {"ref", "metadata", "linkMetadata"};

constexpr Names kNames4 = {
    .version = Version::k401,
    .family = "urn:oasis:names:tc:legalxml-courtfiling:",
    .nc = kNc4,
    .j = "http://niem.gov/niem/domains/jxdm/4.0",
    .structures = "http://niem.gov/niem/structures/2.0",
    .common = kEcf4,
    .wrappers = kWrappers4,
    .filing = {kCore4, "CoreFilingMessage"},
    .review_request = {kWrappers4, "ReviewFilingRequestMessage"},
    .callback = {"urn:oasis:names:tc:legalxml-courtfiling:schema:xsd:ReviewFilingCallbackMessage-"
                 "4.0",
                 "ReviewFilingCallbackMessage"},
    .callback_request = {kWrappers4, "NotifyFilingReviewCompleteRequestMessage"},
    .lead = {kCore4, "FilingLeadDocument"},
    .connected = {kCore4, "FilingConnectedDocument"},
    .reviewed_lead = {kEcf4, "ReviewedLeadDocument"},
    .reviewed_connected = {kEcf4, "ReviewedConnectedDocument"},
    .attachment = {kEcf4, "DocumentAttachment"},
    .hash = {kEcf4, "DocumentHashText"},
    .format = {kNc4, "BinaryFormatStandardName"},
    .uri = {kNc4, "BinaryLocationURI"},
    .inline_bytes = {kNc4, "BinaryBase64Object"},
    .profile = {kEcf4, "SendingMDEProfileCode"},
    .profiles = kProfiles4,
    .references = kReferences4,
    .code_lists = {}};

}  // namespace

const Names& names(Version version) { return version == Version::k50 ? kNames5 : kNames4; }

}  // namespace heyan::court_adapters::ecf
