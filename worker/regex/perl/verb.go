package perl

import (
	"bytes"
	"slices"
)

// settings reads what may be at the very start of a pattern, such as (*UCP).
func (p *parser) settings() {
	for p.peek() == '(' && p.peekAt(1) == '*' {
		end := bytes.IndexByte(p.src[p.pos:], ')')
		if end < 0 || !p.setting(string(p.src[p.pos+2:p.pos+end])) {
			return
		}
		p.pos += end + 1
	}
}

func (p *parser) setting(name string) bool {
	key, value, hasValue := bytes.Cut([]byte(name), []byte("="))
	if hasValue {
		limit := 0
		for _, c := range value {
			if !isDigit(rune(c)) || limit > 1<<32 {
				fail(errVerb)
			}
			limit = 10*limit + int(c-'0')
		}
		switch string(key) {
		case "LIMIT_MATCH":
			p.stepLimit = limit
		case "LIMIT_HEAP", "LIMIT_DEPTH", "LIMIT_RECURSION":
		default:
			return false
		}
		if len(value) == 0 {
			fail(errVerb)
		}
		return true
	}
	switch name {
	case "UTF", "UTF8":
		checkUTF8(p.src)
		p.utf = true
	case "UCP":
		p.ucp = true
	case "NOTEMPTY":
		p.notEmpty = true
	case "NOTEMPTY_ATSTART":
		p.notAtStart = true
	case "NO_AUTO_POSSESS", "NO_DOTSTAR_ANCHOR":
	case "NO_START_OPT":
		p.fullStart = true
	case "NO_JIT":
		p.noJIT = true
	case "LF":
		p.newline = newlines{chars: "\n"}
	case "CR":
		p.newline = newlines{chars: "\r"}
	case "NUL":
		p.newline = newlines{chars: "\x00"}
	case "ANYCRLF":
		p.newline = newlines{chars: "\r\n", crlf: true}
	case "ANY":
		p.newline = newlines{chars: "\n\v\f\r\u0085", crlf: true}
		if p.utf {
			p.newline.chars += "\u2028\u2029"
		}
	case "CRLF":
		fail(errNewlineKind)
	case "BSR_ANYCRLF":
		p.anyCRLF = true
	case "BSR_UNICODE":
		p.anyCRLF = false
	default:
		return false
	}
	return true
}

// star reads what (* starts: a verb, or a group by its long name.
func (p *parser) star() (n *node, repeatable bool) {
	if p.left() <= 1 || p.peekAt(1) == ')' {
		return nil, false // so that the star repeats nothing
	}
	at := p.pos
	p.pos++
	for p.more() && isWord(p.src[p.pos]) {
		p.pos++
	}
	name := string(p.src[at+1 : p.pos])
	if c := p.src[at+1]; 'a' <= c && c <= 'z' {
		return p.longName(name), true
	}
	if c := p.peek(); c != ':' && c != ')' {
		fail(errVerb)
	}
	return p.verb(name)
}

func (p *parser) longName(name string) *node {
	if p.peek() != ':' {
		fail(errAlphaAssertion)
	}
	p.pos++
	switch name {
	case "pla", "positive_lookahead":
		return p.lookaround(look{})
	case "nla", "negative_lookahead":
		return p.lookaround(look{negative: true})
	case "plb", "positive_lookbehind":
		return p.lookaround(look{behind: true})
	case "nlb", "negative_lookbehind":
		return p.lookaround(look{behind: true, negative: true})
	case "napla", "non_atomic_positive_lookahead":
		return p.lookaround(look{loose: true})
	case "naplb", "non_atomic_positive_lookbehind":
		return p.lookaround(look{behind: true, loose: true})
	case "atomic":
		return &node{op: opAtomic, sub: []*node{p.group()}}
	case "sr", "script_run", "asr", "atomic_script_run":
		fail(errScriptRun)
	}
	fail(errAlphaAssertion)
	return nil
}

// verb reads the argument of a backtracking verb.
func (p *parser) verb(name string) (n *node, repeatable bool) {
	i := slices.IndexFunc(verbs, func(v verbName) bool { return v.name == name })
	if i < 0 {
		fail(errVerb)
	}
	v := verbs[i]
	if p.peek() == ':' && p.peekAt(1) == ')' {
		p.pos++
	}
	hasArgument := p.peek() == ':'
	p.pos++
	if v.verb == mark && !hasArgument {
		fail(errMarkArgument)
	}
	argument := ""
	if hasArgument {
		end := bytes.IndexByte(p.src[p.pos:], ')')
		if end < 0 {
			fail(errVerb)
		}
		if end > 255 {
			fail(errMarkLength)
		}
		argument = string(p.src[p.pos : p.pos+end])
		p.pos += end + 1
	}
	n = &node{op: opVerb, verb: v.verb, name: argument}
	switch {
	case v.fails:
		n = &node{op: opFail}
	case v.verb == skip && argument != "":
		n.verb = skipMark // looks for a (*MARK:NAME), not for the names of other verbs
	}
	return n, v.verb == accept && !v.fails
}

type verbName struct {
	name  string
	verb  verb
	fails bool
}

var verbs = []verbName{
	{name: "", verb: mark},
	{name: "MARK", verb: mark},
	{name: "ACCEPT", verb: accept},
	{name: "F", fails: true},
	{name: "FAIL", fails: true},
	{name: "COMMIT", verb: commit},
	{name: "PRUNE", verb: prune},
	{name: "SKIP", verb: skip},
	{name: "THEN", verb: then},
}
