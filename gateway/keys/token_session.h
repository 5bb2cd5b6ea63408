// One session with a token, by the calls of PKCS#11. For token.cc alone.
#pragma once

#include <p11-kit/p11-kit.h>

#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "gateway/keys/token.h"

namespace heyan::keys {

// By what the token says of its PIN (CK_TOKEN_INFO::flags), before one is tried. kUnsupported: a
// wrong one was tried since somebody last logged in, or the PIN is locked.
core::Result<void> expect_untried_pin(CK_FLAGS flags);

class Token::Session {
 public:
  // A module that is loaded and initialised, once. kUnsupported: the PIN is wrong, or not to be
  // tried.
  static core::Result<std::shared_ptr<const Session>> open(const std::filesystem::path& module,
                                                           std::string_view token,
                                                           core::ByteView pin, Told does_not_sign);
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;
  ~Session();

  // At most two: more than one is already wrong.
  core::Result<std::vector<CK_OBJECT_HANDLE>> find(CK_OBJECT_CLASS kind,
                                                   const std::string& label) const;
  core::Result<core::Bytes> attribute(CK_OBJECT_HANDLE object, CK_ATTRIBUTE_TYPE type) const;
  core::Result<void> make_pair(const std::string& label) const;
  core::Result<core::Bytes> sign(CK_OBJECT_HANDLE key, core::ByteView digest) const;

 private:
  Session(CK_FUNCTION_LIST* module, Told does_not_sign)
      : module_(module), does_not_sign_(std::move(does_not_sign)) {}
  core::Result<CK_SLOT_ID> slot_of(std::string_view token) const;
  core::Result<void> log_in(CK_SLOT_ID slot, core::ByteView pin) const;

  CK_FUNCTION_LIST* module_;
  Told does_not_sign_;
  CK_SESSION_HANDLE session_ = 0;
  mutable std::mutex mutex_;  // a session does one thing at a time
};

}  // namespace heyan::keys
