// One session with a token, by the calls of PKCS#11. For token.cc alone.
#pragma once

#include <p11-kit/p11-kit.h>

#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "gateway/keys/token.h"

namespace heyan::keys {

class Token::Session {
 public:
  // A module that is loaded and initialised, once.
  static core::Result<std::shared_ptr<const Session>> open(const std::filesystem::path& module,
                                                           std::string_view token,
                                                           core::ByteView pin);
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
  explicit Session(CK_FUNCTION_LIST* module) : module_(module) {}
  core::Result<CK_SLOT_ID> slot_of(std::string_view token) const;

  CK_FUNCTION_LIST* module_;
  CK_SESSION_HANDLE session_ = 0;
  mutable std::mutex mutex_;  // a session does one thing at a time
};

}  // namespace heyan::keys
