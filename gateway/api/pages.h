// The pages that people use, as gateway/web built them: read once, served from memory, each with
// its compressed forms.
//
// /app/... is index.html whatever follows (the pages read the rest of the address themselves), with
// a fresh nonce in each answer; /assets/NAME is one file for ever, since its name holds its own
// digest. Threat: a text of a case that a page would run as a script: nothing runs but what carries
// the nonce of this very answer, nothing comes from another origin, and no page stands in a frame
// of another site (CSP level 3). Immutable after read(); any thread.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "gateway/http/answer.h"
#include "verifier/core/error.h"

namespace heyan::api {

// The end of a policy: what is refused under it is told to POST /v1/csp-reports.
inline constexpr std::string_view kReportsTo = "; report-uri /v1/csp-reports";

class Pages {
 public:
  Pages() = default;
  // index.html and assets/; none at all where the folder is not there. kMalformed: index.html has
  // no place for the nonce; kIo, kLimit.
  static core::Result<Pages> read(const std::filesystem::path& folder);

  bool are_there() const { return !index_.empty(); }
  static bool is_path(const http::Target& target);
  // Of a path that is_path. Nothing: there is no such page. `preview_port`: 0 where there is no
  // listener for previews.
  std::optional<http::Answer> answer(const http::RequestHead& head,
                                     std::uint16_t preview_port) const;

 private:
  struct Asset {
    std::string media_type;
    std::map<std::string, std::string, std::less<>> forms;  // by content coding; "" is itself
  };
  std::optional<http::Answer> asset(const http::RequestHead& head) const;
  std::optional<http::Answer> index(const http::RequestHead& head,
                                    std::uint16_t preview_port) const;

  std::string index_;
  std::map<std::string, Asset, std::less<>> assets_;
};

// "localhost" of "localhost:8443"; nothing where it is no plain host name or address.
std::optional<std::string_view> host_name(std::string_view authority);

}  // namespace heyan::api
