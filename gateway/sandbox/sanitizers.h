// What a build with sanitizers needs that the program itself does not. All false in a release.
#pragma once

namespace heyan::sandbox {

#ifdef __has_feature
#define HEYAN_HAS_FEATURE(name) __has_feature(name)
#else
#define HEYAN_HAS_FEATURE(name) 0
#endif

#if defined(__SANITIZE_ADDRESS__) || HEYAN_HAS_FEATURE(address_sanitizer) || \
    HEYAN_HAS_FEATURE(memory_sanitizer)
inline constexpr bool kAddressSanitizer = true;
#else
inline constexpr bool kAddressSanitizer = false;
#endif
#if defined(__SANITIZE_THREAD__) || HEYAN_HAS_FEATURE(thread_sanitizer)
inline constexpr bool kThreadSanitizer = true;
#else
inline constexpr bool kThreadSanitizer = false;
#endif
#if HEYAN_HAS_FEATURE(undefined_behavior_sanitizer)
inline constexpr bool kUndefinedSanitizer = true;
#else
inline constexpr bool kUndefinedSanitizer = false;
#endif

#undef HEYAN_HAS_FEATURE

// Address space is reserved by terabytes: no limit on memory can be set.
inline constexpr bool kShadowMemory = kAddressSanitizer || kThreadSanitizer;
// A thread is there that nobody started.
inline constexpr bool kShadowThread = kThreadSanitizer;
// Objects are looked at through a pipe, to find out whether their memory is there at all.
inline constexpr bool kProbingPipes = kAddressSanitizer || kThreadSanitizer || kUndefinedSanitizer;

}  // namespace heyan::sandbox
