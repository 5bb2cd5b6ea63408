// What the parts of one judgement keep from one item to the next, each under a type of its own, so
// that ten thousand items which share a proof pay for it once.
//
// A memo changes how long a judgement takes, never what it says. One per judgement; one thread.
#pragma once

#include <map>
#include <memory>
#include <typeindex>
#include <typeinfo>

namespace heyan::core {

class Memo {
 public:
  // The part of that type, made when it is first asked for; it lives as long as the memo.
  template <typename Part>
  Part& of() {
    std::shared_ptr<void>& part = parts_[std::type_index(typeid(Part))];
    if (!part) part = std::make_shared<Part>();
    return *static_cast<Part*>(part.get());
  }

 private:
  std::map<std::type_index, std::shared_ptr<void>> parts_;
};

}  // namespace heyan::core
