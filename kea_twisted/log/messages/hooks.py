"""Messages of hook libraries and callouts.

Ids and places of the arguments are Kea's, texts are our own. ARM logging.
"""

from __future__ import annotations

from typing import Final

from kea_twisted.log.message import DBG_BASIC, DBG_BASIC_DATA, DBG_DETAIL_DATA, ERROR, INFO, WARN, Message

# fmt: off
HOOKS_ALL_CALLOUTS_DEREGISTERED: Final = Message("HOOKS_ALL_CALLOUTS_DEREGISTERED", DBG_DETAIL_DATA,
    "hook library at index {} removed all callouts on hook {}",
    "A library took back its callouts of one hook point.")
HOOKS_CALLOUTS_BEGIN: Final = Message("HOOKS_CALLOUTS_BEGIN", DBG_BASIC_DATA, "calling the callouts of hook {}",
    "The callouts of a hook point are about to run.")
HOOKS_CALLOUTS_COMPLETE: Final = Message("HOOKS_CALLOUTS_COMPLETE", DBG_BASIC_DATA,
    "the callouts of hook {} are done (total time: {})",
    "All callouts of a hook point have run.")
HOOKS_CALLOUTS_REMOVED: Final = Message("HOOKS_CALLOUTS_REMOVED", DBG_BASIC_DATA,
    "callouts removed from hook {} for library {}",
    "The library is being unloaded.")
HOOKS_CALLOUT_CALLED: Final = Message("HOOKS_CALLOUT_CALLED", DBG_DETAIL_DATA,
    "hooks library with index {} has called a callout on hook {} that has address {} (callout duration: {})",
    "One callout has run without an error.")
HOOKS_CALLOUT_DEREGISTERED: Final = Message("HOOKS_CALLOUT_DEREGISTERED", DBG_DETAIL_DATA,
    "hook library at index {} deregistered a callout on hook {}",
    "A library took back one callout.")
HOOKS_CALLOUT_ERROR: Final = Message("HOOKS_CALLOUT_ERROR", ERROR,
    "error returned by callout on hook {} registered by library with index {} (callout address {}) (callout "
    "duration {})",
    "The other callouts go on.")
HOOKS_CALLOUT_EXCEPTION: Final = Message("HOOKS_CALLOUT_EXCEPTION", ERROR,
    "exception from callout on hook {} registered by library with index {} (callout address {}): {} (callout "
    "duration: {})",
    "The library has an error; the other callouts and the server go on.")
HOOKS_CALLOUT_REGISTRATION: Final = Message("HOOKS_CALLOUT_REGISTRATION", DBG_BASIC_DATA,
    "hooks library with index {} registering callout for hook '{}'",
    "A library adds a callout.")
HOOKS_CLOSE_ERROR: Final = Message("HOOKS_CLOSE_ERROR", ERROR, "failed to close hook library {}: {}",
    "The library did not go away cleanly.")
HOOKS_HOOK_LIST_RESET: Final = Message("HOOKS_HOOK_LIST_RESET", WARN, "the list of hooks has been reset",
    "For tests.")
HOOKS_INCORRECT_VERSION: Final = Message("HOOKS_INCORRECT_VERSION", ERROR,
    "hook library {} is at version {}, require version {}",
    "The library was written for another version of the hook interface.")
HOOKS_LIBRARY_CLOSED: Final = Message("HOOKS_LIBRARY_CLOSED", INFO, "hooks library {} successfully closed",
    "The library is gone.")
HOOKS_LIBRARY_LOADED: Final = Message("HOOKS_LIBRARY_LOADED", INFO, "hooks library {} successfully loaded",
    "The library and its callouts are in use.")
HOOKS_LIBRARY_LOADING: Final = Message("HOOKS_LIBRARY_LOADING", DBG_BASIC, "loading hooks library {}",
    "A library is about to be loaded.")
HOOKS_LIBRARY_MULTI_THREADING_COMPATIBLE: Final = Message("HOOKS_LIBRARY_MULTI_THREADING_COMPATIBLE", DBG_BASIC_DATA,
    "hooks library {} reports its multi-threading compatibility as {}",
    "Whether callouts of the library may run beside one another.")
HOOKS_LIBRARY_MULTI_THREADING_NOT_COMPATIBLE: Final = Message("HOOKS_LIBRARY_MULTI_THREADING_NOT_COMPATIBLE", ERROR,
    "hooks library {} is not compatible with multi-threading",
    "The configuration is refused.")
HOOKS_LIBRARY_UNLOADED: Final = Message("HOOKS_LIBRARY_UNLOADED", INFO, "hooks library {} successfully unloaded",
    "The callouts and commands of the library are no longer used.")
HOOKS_LIBRARY_UNLOADING: Final = Message("HOOKS_LIBRARY_UNLOADING", DBG_BASIC, "unloading library {}",
    "A library is about to be unloaded.")
HOOKS_LIBRARY_VERSION: Final = Message("HOOKS_LIBRARY_VERSION", DBG_BASIC_DATA,
    "hooks library {} reports its version as {}",
    "The version of the hook interface that the library was written for.")
HOOKS_LOAD_ERROR: Final = Message("HOOKS_LOAD_ERROR", ERROR, "'load' function in hook library {} returned error {}",
    "The configuration is refused.")
HOOKS_LOAD_EXCEPTION: Final = Message("HOOKS_LOAD_EXCEPTION", ERROR,
    "'load' function in hook library {} threw an exception",
    "The configuration is refused.")
HOOKS_LOAD_FRAMEWORK_EXCEPTION: Final = Message("HOOKS_LOAD_FRAMEWORK_EXCEPTION", ERROR,
    "'load' function in hook library {} threw an exception: reason {}",
    "The configuration is refused.")
HOOKS_LOAD_SUCCESS: Final = Message("HOOKS_LOAD_SUCCESS", DBG_BASIC,
    "'load' function in hook library {} returned success",
    "The library has set itself up.")
HOOKS_MULTI_THREADING_COMPATIBLE_EXCEPTION: Final = Message("HOOKS_MULTI_THREADING_COMPATIBLE_EXCEPTION", ERROR,
    "'multi_threading_compatible' function in hook library {} threw an exception",
    "The callouts of the library run in the main thread.")
HOOKS_NO_LOAD: Final = Message("HOOKS_NO_LOAD", DBG_BASIC, "no 'load' function found in hook library {}",
    "The library has nothing to set up.")
HOOKS_NO_UNLOAD: Final = Message("HOOKS_NO_UNLOAD", DBG_BASIC, "no 'unload' function found in hook library {}",
    "The library has nothing to clean up.")
HOOKS_NO_VERSION: Final = Message("HOOKS_NO_VERSION", ERROR, "no 'version' function found in hook library {}",
    "The library is not for this program.")
HOOKS_OPEN_ERROR: Final = Message("HOOKS_OPEN_ERROR", ERROR, "failed to open hook library {}: {}",
    "The library cannot be found or read; the configuration is refused.")
HOOKS_STD_CALLOUT_REGISTERED: Final = Message("HOOKS_STD_CALLOUT_REGISTERED", DBG_BASIC_DATA,
    "hooks library {} registered standard callout for hook {} at address {}",
    "A callout was found by the name of its hook point.")
HOOKS_UNLOAD_ERROR: Final = Message("HOOKS_UNLOAD_ERROR", ERROR,
    "'unload' function in hook library {} returned error {}",
    "The library goes away all the same.")
HOOKS_UNLOAD_EXCEPTION: Final = Message("HOOKS_UNLOAD_EXCEPTION", WARN,
    "'unload' function in hook library {} threw an exception",
    "The library goes away all the same.")
HOOKS_UNLOAD_FRAMEWORK_EXCEPTION: Final = Message("HOOKS_UNLOAD_FRAMEWORK_EXCEPTION", ERROR,
    "'unload' function in hook library {} threw an exception, reason {}",
    "The library goes away all the same.")
HOOKS_UNLOAD_SUCCESS: Final = Message("HOOKS_UNLOAD_SUCCESS", DBG_BASIC,
    "'unload' function in hook library {} returned success",
    "The library has cleaned up.")
HOOKS_VERSION_EXCEPTION: Final = Message("HOOKS_VERSION_EXCEPTION", ERROR,
    "'version' function in hook library {} threw an exception",
    "The configuration is refused.")
