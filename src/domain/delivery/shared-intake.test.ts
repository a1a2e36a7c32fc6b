import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isSharedIntake } from './shared-intake.ts';

test('a mailbox of many is told from a person’s', () => {
  for (const address of ['admissions@uni.example', 'grad.admissions@uni.example', 'Saiyo@kaisha.example'])
    assert.equal(isSharedIntake(address), true, address);
  for (const address of ['suzuki@kaisha.example', 'suzuki-taro@a.example', 'j.smith@a.example'])
    assert.equal(isSharedIntake(address), false, address);
});
