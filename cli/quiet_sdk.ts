// The SDK's release is pinned to one that runs here; its warning about later ones tells the person nothing.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
