/** Something that a real node would do and the simulator does not: said loudly, so that no test passes because of it. */
export class NotSimulated extends Error {
  constructor(what: string) {
    super(`not simulated: ${ what }`);
  }
}
