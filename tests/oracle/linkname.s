// Empty: its presence lets runtime.go declare functions without bodies.
