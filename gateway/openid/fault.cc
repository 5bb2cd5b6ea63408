#include "gateway/openid/fault.h"

namespace heyan::openid {

std::string_view word(Fault fault) {
  switch (fault) {
    case Fault::kKeysForm:
      return "keys-form";
    case Fault::kKeysMany:
      return "keys-many";
    case Fault::kKeysPrivate:
      return "keys-private";
    case Fault::kKeysAmbiguous:
      return "keys-ambiguous";
    case Fault::kAnswer:
      return "answer";
    case Fault::kSize:
      return "token-size";
    case Fault::kForm:
      return "token-form";
    case Fault::kHeader:
      return "token-header";
    case Fault::kAlgorithm:
      return "token-algorithm";
    case Fault::kKeyUnknown:
      return "token-key-unknown";
    case Fault::kSignature:
      return "token-signature";
    case Fault::kIssuer:
      return "token-issuer";
    case Fault::kAudience:
      return "token-audience";
    case Fault::kPresenter:
      return "token-presenter";
    case Fault::kExpired:
      return "token-expired";
    case Fault::kFuture:
      return "token-future";
    case Fault::kNonce:
      return "token-nonce";
    case Fault::kSubject:
      return "token-subject";
    case Fault::kAuthentication:
      return "token-authentication";
  }
  return "token-form";
}

}  // namespace heyan::openid
