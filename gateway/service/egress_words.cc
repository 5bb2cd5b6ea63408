#include "gateway/service/egress_words.h"

namespace heyan::service {

std::string_view word_of(v1::EgressFault fault) {
  switch (fault) {
    case v1::EGRESS_FAULT_UNKNOWN_LEDGER:
      return "no-webhook";
    case v1::EGRESS_FAULT_FILES:
      return "files";
    case v1::EGRESS_FAULT_NAME:
      return "name";
    case v1::EGRESS_FAULT_ADDRESS_FORBIDDEN:
      return "address-forbidden";
    case v1::EGRESS_FAULT_CONNECTION:
      return "connection";
    case v1::EGRESS_FAULT_TLS:
      return "tls";
    case v1::EGRESS_FAULT_CERTIFICATE:
      return "certificate";
    case v1::EGRESS_FAULT_TIME:
      return "time";
    case v1::EGRESS_FAULT_SIZE:
      return "size";
    case v1::EGRESS_FAULT_REFUSED:
      return "refused";
    case v1::EGRESS_FAULT_STAMP:
      return "stamp";
    case v1::EGRESS_FAULT_TOKEN:
      return "token";
    case v1::EGRESS_FAULT_REDIRECT:
      return "redirect";
    case v1::EGRESS_FAULT_HTTP_STATUS:
      return "http-status";
    default:
      return "protocol";
  }
}

}  // namespace heyan::service
